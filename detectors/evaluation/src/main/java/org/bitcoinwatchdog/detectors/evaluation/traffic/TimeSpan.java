package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.time.Duration;

/** A span of event time without its end. */
public record TimeSpan(long beginUs, long endUs) {
    public TimeSpan {
        if (endUs < beginUs) {
            throw new IllegalArgumentException("a span ends after it begins");
        }
    }

    public static TimeSpan of(long beginUs, Duration length) {
        return new TimeSpan(beginUs, beginUs + us(length));
    }

    public static long us(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    public boolean contains(long atUs) {
        return atUs >= beginUs && atUs < endUs;
    }

    /** Whether the minute is the one in which the span begins. */
    public boolean beginsIn(TrafficMinute minute) {
        return beginUs >= minute.fromUs() && beginUs < minute.toUs();
    }

    /** Whether the minute is the one in which the span ends. */
    public boolean endsIn(TrafficMinute minute) {
        return endUs >= minute.fromUs() && endUs < minute.toUs();
    }

    public long lengthUs() {
        return endUs - beginUs;
    }
}
