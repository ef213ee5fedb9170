package org.bitcoinwatchdog.deploy.console.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request. */
final class Query {
    private final Map<String, String> parameters = new HashMap<>();

    /**
     * @param encoded as the request has it
     * @throws IllegalArgumentException if it can't be decoded
     */
    Query(Optional<String> encoded) {
        for (String pair : encoded.orElse("").split("&", 16)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** @throws IllegalArgumentException if it is not a number */
    Optional<Long> number(String name) {
        return text(name).map(Long::valueOf);
    }
}
