package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.ArrayList;
import java.util.List;

/** Counts of hours, and the figures by which they were measured on real nodes. */
final class HourlyCounts {
    private final List<Double> hours = new ArrayList<>();

    void add(double count) {
        hours.add(count);
    }

    double quantile(double share) {
        return hours.stream().sorted().toList().get((int) (share * (hours.size() - 1)));
    }

    double variation() {
        double mean = mean();
        double variance = hours.stream().mapToDouble(count -> (count - mean) * (count - mean)).average().orElseThrow();
        return Math.sqrt(variance) / mean;
    }

    /** Correlation of the logarithms of one hour and the next. */
    double autocorrelation() {
        List<Double> logs = hours.stream().map(count -> Math.log(count + 1)).toList();
        double mean = logs.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double together = 0;
        double alone = 0;
        for (int i = 1; i < logs.size(); i++) {
            together += (logs.get(i) - mean) * (logs.get(i - 1) - mean);
            alone += (logs.get(i) - mean) * (logs.get(i) - mean);
        }
        return together / alone;
    }

    private double mean() {
        return hours.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
