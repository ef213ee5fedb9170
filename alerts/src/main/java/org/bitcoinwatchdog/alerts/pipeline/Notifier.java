package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pipeline with its threads, one for each sink. */
public final class Notifier {
    private static final Duration AFTER_CUT_OFF = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

    private final Lease lease = new Lease();
    private final List<Receiver> receivers;
    private final Pipeline pipeline;
    private final Consumer<Throwable> onFault;
    private final List<Thread> threads = new ArrayList<>();

    /**
     * @param sinks   by name; closed with the notifier
     * @param onFault told of a fault in the pipeline itself, after which a sink is no longer served
     */
    public Notifier(AlertSettings settings, Map<String, Sink> sinks, Mutes mutes, NotificationLog memory, DeadLetters deadLetters,
            SinkReports reports, AlertMeters meters, Clock clock, RandomGenerator random, Consumer<Throwable> onFault) {
        this.onFault = onFault;
        receivers = sinks.entrySet().stream()
                .map(sink -> new Receiver(sink.getKey(), sink.getValue(), new SinkQueue(clock, lease)))
                .toList();
        receivers.forEach(receiver -> meters.queue(receiver.name(), receiver.queue()));
        Backoff backoff = new Backoff(settings.delivery().firstBackoff(), settings.delivery().longestBackoff(), random);
        Delivery delivery = new Delivery(settings.delivery(), backoff, deadLetters, reports, meters, clock);
        Router router = Router.of(settings.routes(), settings.sinks());
        pipeline = new Pipeline(router, mutes, receivers, memory, delivery, clock, settings, meters);
    }

    public void start() {
        for (Receiver receiver : receivers) {
            Thread thread = new Thread(() -> serve(receiver), "sink-" + receiver.name());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** See {@link Pipeline#accept}. */
    public void accept(AlertRecord record, boolean history) {
        pipeline.accept(record, history);
    }

    /**
     * This worker is still a member of the group that shares the alerts.
     *
     * @param fromNs when that was asked for which was granted since, by {@link System#nanoTime}
     * @param length how long another can't take over from then on
     */
    public void renewLease(long fromNs, Duration length) {
        if (lease.renew(fromNs, length)) {
            receivers.forEach(receiver -> receiver.queue().wake());
        }
    }

    /** Whether this worker may tell sinks anything. */
    public boolean holdsLease() {
        return lease.holds();
    }

    /** Something that hid alerts may have ended. */
    public void reconsider() {
        receivers.forEach(receiver -> receiver.queue().reconsider());
    }

    /** While held, no sink is told anything: not all states are known yet. */
    public void hold(boolean hold) {
        receivers.forEach(receiver -> receiver.queue().hold(hold));
    }

    /**
     * Gives partitions up: no sink begins an attempt for them, and those under way may go on.
     *
     * @param patience how long to wait in all for the attempts under way
     */
    public void drop(Set<Integer> partitions, Duration patience) throws InterruptedException {
        long endNs = System.nanoTime() + patience.toNanos();
        receivers.forEach(receiver -> receiver.queue().drop(partitions));
        for (Receiver receiver : receivers) {
            receiver.queue().awaitAttempt(partitions, Duration.ofNanos(endNs - System.nanoTime()));
        }
    }

    /** The oldest record of the partition that some sink has still to be told. */
    public OptionalLong lowestPendingOffset(int partition) {
        return receivers.stream()
                .map(receiver -> receiver.queue().lowestPendingOffset(partition))
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    /** Ends after the attempts under way, and cuts off those that take longer than patience. */
    public void close(Duration patience) {
        receivers.forEach(receiver -> receiver.queue().close());
        join(patience);
        receivers.forEach(receiver -> receiver.sink().close());
        join(AFTER_CUT_OFF);
    }

    private void join(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Receiver receiver) {
        try {
            Optional<Flush> due = receiver.queue().await();
            while (due.isPresent()) {
                pipeline.flush(receiver, due.get());
                due = receiver.queue().await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("notifying {} has ended by a fault: this is a bug", receiver.name(), e);
            onFault.accept(e);
        }
    }
}
