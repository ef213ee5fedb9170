package org.bitcoinwatchdog.agent.publish;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's refusals by kind. Thousands a second may differ only in their texts, which contain times and offsets, so each
 * kind is logged once an hour. A refusal is an obstacle until a minute has passed without one.
 */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final long OBSTACLE_NS = Duration.ofMinutes(1).toNanos();
    private static final long LOG_AGAIN_NS = Duration.ofHours(1).toNanos();

    private record Refusal(String text, long atNs, long loggedAtNs) {
    }

    private final Map<Class<?>, Refusal> kinds = new HashMap<>();
    private final LongSupplier nanoTime;

    /** @param nanoTime as {@link System#nanoTime} */
    Refusals(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param consequence the fate of the events: "which are lost" */
    synchronized void add(String node, Exception reason, String consequence) {
        long now = nanoTime.getAsLong();
        Refusal before = kinds.get(reason.getClass());
        String text = "Kafka refuses events of " + node + ", " + consequence + ": " + reason.getMessage();
        boolean log = before == null || now - before.loggedAtNs() >= LOG_AGAIN_NS;
        if (log) {
            LOG.error("{} ({})", text, reason.getClass().getSimpleName());
        }
        kinds.put(reason.getClass(), new Refusal(text, now, log ? now : before.loggedAtNs()));
    }

    /** The refusals of the last minute. */
    synchronized Optional<String> obstacle() {
        long now = nanoTime.getAsLong();
        return kinds.values().stream().filter(refusal -> now - refusal.atNs() < OBSTACLE_NS).map(Refusal::text).sorted().findFirst();
    }
}
