package org.bitcoinwatchdog.detectors.alerting;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Figures as people read them in a sentence. */
public final class Words {
    private static final long NS_PER_S = 1_000_000_000L;

    private Words() {
    }

    /** 45 s, 3 min 20 s, 2 h 5 min. */
    public static String span(long ns) {
        long seconds = Math.max(0, ns) / NS_PER_S;
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        return seconds / 3600 + " h" + (seconds % 3600 < 60 ? "" : " " + seconds % 3600 / 60 + " min");
    }

    /** 2026-06-01T00:00:00Z, to the second. */
    public static String time(long unixNs) {
        return Instant.ofEpochSecond(unixNs / NS_PER_S).toString();
    }

    public static double seconds(long ns) {
        return Math.round(ns / 1e7) / 100.0;
    }

    /** 1 block, 2 blocks. */
    public static String count(long number, String noun) {
        return count(number, noun, noun + "s");
    }

    public static String count(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }

    /** To three decimals: the form of shares, indices and means in evidence. */
    public static double rounded(double value) {
        return Math.round(1000 * value) / 1000.0;
    }

    /** A small share is never 0 %, and less than all is never 100 %. */
    public static String percent(double share) {
        if (share > 0 && share < 0.01) {
            return share < 0.001 ? "less than 0.1 %" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
        }
        return share > 0.99 && share < 1 ? "more than 99 %" : Math.round(100 * share) + " %";
    }

    /** The first entries, and the number of further ones. */
    public static String list(List<String> all, int most) {
        String first = String.join(", ", all.subList(0, Math.min(most, all.size())));
        return all.size() <= most ? first : first + " and " + (all.size() - most) + " more";
    }
}
