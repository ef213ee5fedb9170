package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.bitcoinwatchdog.alerts.notification.Sink;

/** All sinks of a worker. Each has a queue and a thread of its own, so a sink that is away delays no other. */
public final class Receivers {
    private static final Duration AFTER_CUT_OFF = Duration.ofSeconds(2);

    private final Lease lease = new Lease();
    private final List<Receiver> receivers;
    private final Consumer<Throwable> onFault;
    private final List<Thread> threads = new ArrayList<>();

    /**
     * @param sinks   by name; {@link #close} closes them
     * @param onFault called with a fault of the pipeline, after which the sink gets no more notifications
     */
    public Receivers(Map<String, Sink> sinks, AlertMeters meters, Clock clock, Consumer<Throwable> onFault) {
        this.receivers = sinks.entrySet().stream()
                .map(sink -> new Receiver(sink.getKey(), sink.getValue(), new SinkQueue(clock, lease)))
                .toList();
        this.onFault = onFault;
        receivers.forEach(receiver -> meters.queue(receiver.name(), receiver.queue()));
    }

    List<Receiver> all() {
        return receivers;
    }

    /** Starts to notify: each thread flushes the groups of one queue. */
    public void start(Pipeline pipeline) {
        for (Receiver receiver : receivers) {
            Thread thread = new Thread(() -> receiver.serve(pipeline, onFault), "sink-" + receiver.name());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /**
     * This worker is still a member of the group that shares the alerts.
     *
     * @param fromNs when the worker asked for what Kafka has granted since, by {@link System#nanoTime}
     * @param length how long no other worker can take over from then on
     */
    public void renewLease(long fromNs, Duration length) {
        if (lease.renew(fromNs, length)) {
            receivers.forEach(receiver -> receiver.queue().wake());
        }
    }

    /** Whether this worker may notify now. */
    public boolean holdsLease() {
        return lease.holds();
    }

    /** Decides again about muted alerts: a mute may have ended. */
    public void reconsider() {
        receivers.forEach(receiver -> receiver.queue().reconsider());
    }

    /** While held, no sink gets a notification: the worker does not know all states yet. */
    public void hold(boolean hold) {
        receivers.forEach(receiver -> receiver.queue().hold(hold));
    }

    /**
     * Gives partitions up: no sink begins an attempt for them. Attempts under way may end.
     *
     * @param patience how long to wait for all attempts under way
     */
    public void drop(Set<Integer> partitions, Duration patience) throws InterruptedException {
        long endNs = System.nanoTime() + patience.toNanos();
        receivers.forEach(receiver -> receiver.queue().drop(partitions));
        for (Receiver receiver : receivers) {
            receiver.queue().awaitAttempt(partitions, Duration.ofNanos(endNs - System.nanoTime()));
        }
    }

    /** The oldest record of the partition that still waits for a sink. */
    public OptionalLong lowestPendingOffset(int partition) {
        return receivers.stream()
                .map(receiver -> receiver.queue().lowestPendingOffset(partition))
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    /** Waits for the attempts under way, and cuts off those that take longer than the patience. */
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
}
