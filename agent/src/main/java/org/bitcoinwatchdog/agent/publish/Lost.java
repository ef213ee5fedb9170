package org.bitcoinwatchdog.agent.publish;

import org.bitcoinwatchdog.events.Loss;

/**
 * Events that will never reach Kafka.
 *
 * @param fromNs UNIX time in nanoseconds of the earliest of them
 * @param toNs   of the latest
 */
public record Lost(Loss.Cause cause, long events, long fromNs, long toNs) {
    public Lost {
        if (events < 1 || fromNs > toNs) {
            throw new IllegalArgumentException("a loss is of at least one event");
        }
    }

    static Lost one(Loss.Cause cause, long timeNs) {
        return new Lost(cause, 1, timeNs, timeNs);
    }

    Lost and(Lost other) {
        return new Lost(cause, events + other.events, Math.min(fromNs, other.fromNs), Math.max(toNs, other.toNs));
    }
}
