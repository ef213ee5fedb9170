package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.List;
import java.util.OptionalDouble;

/** Order statistics of few values. */
public final class Quantiles {
    private Quantiles() {
    }

    /** The smallest value that at least that share of the values does not exceed; empty for no values. */
    public static OptionalDouble of(List<Double> values, double share) {
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        List<Double> sorted = values.stream().sorted().toList();
        int rank = (int) Math.ceil(share * sorted.size());
        return OptionalDouble.of(sorted.get(Math.max(0, rank - 1)));
    }
}
