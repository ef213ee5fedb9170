package org.bitcoinwatchdog.alerts.matching;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** How a matcher compares. */
public enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    MATCHES("=~"),
    MATCHES_NOT("!~");

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    /** @throws IllegalArgumentException if it is not an operator */
    @JsonCreator
    public static Operator of(String symbol) {
        return Arrays.stream(values())
                .filter(operator -> operator.symbol.equals(symbol))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the operator must be one of =, !=, =~, !~"));
    }

    @JsonValue
    public String symbol() {
        return symbol;
    }

    boolean isRegex() {
        return this == MATCHES || this == MATCHES_NOT;
    }

    boolean isNegative() {
        return this == NOT_EQUAL || this == MATCHES_NOT;
    }
}
