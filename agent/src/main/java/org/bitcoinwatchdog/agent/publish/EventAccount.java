package org.bitcoinwatchdog.agent.publish;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.bitcoinwatchdog.events.Loss;

/**
 * What became of the events of one node and epoch: accepted = published + waiting + lost. Published means handed to
 * Kafka's producer, of those some are acknowledged.
 */
public final class EventAccount {
    private final String node;
    private final long epoch;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Map<Loss.Cause, Lost> unreported = new EnumMap<>(Loss.Cause.class);

    public EventAccount(String node, long epoch) {
        this.node = node;
        this.epoch = epoch;
    }

    public String node() {
        return node;
    }

    public long epoch() {
        return epoch;
    }

    public long accepted() {
        return accepted.get();
    }

    public long published() {
        return published.get();
    }

    public long acknowledged() {
        return acknowledged.get();
    }

    public long lost() {
        return lost.get();
    }

    /** Events in memory and on disk that the producer has not been given yet. */
    public long waiting() {
        return accepted.get() - published.get() - lost.get();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: accepted %d, published %d, acknowledged %d, lost %d, waiting %d", node,
                accepted.get(), published.get(), acknowledged.get(), lost.get(), waiting());
    }

    /** The losses since the last call of this, at most one of a cause. */
    public Collection<Lost> takeUnreported() {
        synchronized (unreported) {
            List<Lost> taken = List.copyOf(unreported.values());
            unreported.clear();
            return taken;
        }
    }

    void accept() {
        accepted.incrementAndGet();
    }

    void send() {
        published.incrementAndGet();
    }

    /** The producer was given up with the event unacknowledged: it will be given to another. */
    void takeBack() {
        published.decrementAndGet();
    }

    void acknowledge() {
        acknowledged.incrementAndGet();
    }

    void lose(Loss.Cause cause, long timeNs) {
        lost.incrementAndGet();
        synchronized (unreported) {
            unreported.merge(cause, Lost.one(cause, timeNs), Lost::and);
        }
    }
}
