package org.bitcoinwatchdog.agent.publish;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.bitcoinwatchdog.events.Loss;

/**
 * The account of the events of one node and epoch: accepted = published + waiting + lost. Published events were handed
 * to Kafka's producer; some of them are acknowledged.
 */
public final class EventAccount {
    /**
     * Events that will never reach Kafka.
     *
     * @param fromNs UNIX time in nanoseconds of the earliest
     * @param toNs   UNIX time in nanoseconds of the latest
     */
    public record LostEvents(Loss.Cause cause, long events, long fromNs, long toNs) {
        public LostEvents {
            if (events < 1 || fromNs > toNs) {
                throw new IllegalArgumentException("a loss has at least one event, and its times are in order");
            }
        }

        static LostEvents one(Loss.Cause cause, long timeNs) {
            return new LostEvents(cause, 1, timeNs, timeNs);
        }

        LostEvents and(LostEvents other) {
            return new LostEvents(cause, events + other.events, Math.min(fromNs, other.fromNs), Math.max(toNs, other.toNs));
        }
    }

    private final String node;
    private final long epoch;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Map<Loss.Cause, LostEvents> unreported = new EnumMap<>(Loss.Cause.class);

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

    /** Events in memory and on disk that are not handed to the producer yet. */
    public long waiting() {
        return accepted.get() - published.get() - lost.get();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: accepted %d, published %d, acknowledged %d, lost %d, waiting %d", node,
                accepted.get(), published.get(), acknowledged.get(), lost.get(), waiting());
    }

    /** The losses since the last call of this method, at most one for each cause. */
    public Collection<LostEvents> takeUnreported() {
        synchronized (unreported) {
            List<LostEvents> taken = List.copyOf(unreported.values());
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

    /** The producer was replaced before it got an acknowledgement. Another producer gets the event. */
    void takeBack() {
        published.decrementAndGet();
    }

    void acknowledge() {
        acknowledged.incrementAndGet();
    }

    void lose(Loss.Cause cause, long timeNs) {
        lost.incrementAndGet();
        synchronized (unreported) {
            unreported.merge(cause, LostEvents.one(cause, timeNs), LostEvents::and);
        }
    }
}
