package org.bitcoinwatchdog.detectors.evaluation.report;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.detectors.evaluation.measure.InjectionRow;
import org.bitcoinwatchdog.detectors.evaluation.measure.Rate;
import org.bitcoinwatchdog.detectors.evaluation.measure.Share;

/** Texts of table cells, shared by both reports. */
public final class Cells {
    private Cells() {
    }

    public static String seconds(OptionalDouble value) {
        return value.isEmpty() ? "" : seconds(value.getAsDouble());
    }

    static String seconds(double s) {
        if (Math.abs(s) < 120) {
            return number(s < 10 ? "%.1f s" : "%.0f s", s);
        }
        return Math.abs(s) < 7_200 ? number("%.0f min", s / 60) : number("%.1f h", s / 3_600);
    }

    /** 0.02 [0.00, 0.11] */
    public static String rate(Rate rate) {
        return number("%.3f [%.3f, %.3f]", rate.value(), rate.lower(), rate.upper());
    }

    /** 520 of 520 trials, 95 % interval from 99.2 % on */
    static String share(Share share) {
        return number("%d of %d trials, 95 %% interval from %.1f %% on", share.count(), share.trials(),
                Math.floor(1_000 * share.lower()) / 10);
    }

    static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue()).collect(Collectors.joining(", "));
    }

    static String verdict(InjectionRow row) {
        if (!row.ruleExists()) {
            return "no rule yet";
        }
        if (row.missed()) {
            return "MISSED";
        }
        return row.injection().must() ? "found" : "informs";
    }

    static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
