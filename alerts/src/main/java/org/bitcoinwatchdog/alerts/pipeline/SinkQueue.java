package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bitcoinwatchdog.alerts.pipeline.Mailbox.QueuedState;

/**
 * The states that wait for one sink, between the reader's thread and the sink's. The number of active alerts limits its size:
 * for each alert at most three states wait ({@link Mailbox}).
 */
final class SinkQueue {
    private final Clock clock;
    private final Lease lease;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, AlertGroup> groups = new HashMap<>();
    private final Map<String, AlertGroup> groupOfAlert = new HashMap<>();
    private final TreeSet<AlertGroup> waiting =
            new TreeSet<>(Comparator.comparing(AlertGroup::due).thenComparingLong(AlertGroup::serial));
    private Optional<Flush> underWay = Optional.empty();
    private boolean reconsidered;
    private Instant pausedUntil = Instant.MIN;
    private boolean held;
    private boolean closed;
    private long serial;

    SinkQueue(Clock clock) {
        this(clock, Lease.endless());
    }

    /** @param lease while it does not hold, nothing is taken */
    SinkQueue(Clock clock, Lease lease) {
        this.clock = clock;
        this.lease = lease;
    }

    void put(GroupKey key, Timing timing, QueuedState state) {
        AlertRecord record = state.record();
        locked(() -> {
            Instant now = clock.instant();
            AlertGroup group = groups.computeIfAbsent(key.text(), text -> new AlertGroup(key, serial++, timing));
            group.setTiming(timing);
            Mailbox mailbox = move(record, group);
            mailbox.add(state, now);
            schedule(group, mailbox.isHeld(now) ? group.dueAfterHold(mailbox, now) : group.dueAfterNews(state.decision() == Decision.NOTIFY_NOW, now));
        });
    }

    /** Forgets an alert that the sink does not know and need not know any more. */
    void forget(String fingerprint) {
        locked(() -> {
            AlertGroup group = groupOfAlert.remove(fingerprint);
            if (group != null) {
                group.members().remove(fingerprint);
                removeIfEmpty(group);
            }
        });
    }

    /** The first group that is due. The caller acknowledges or postpones it before it asks again. */
    Optional<Flush> take() {
        return underLock(() -> {
            if (timeToNext() > 0) {
                return Optional.empty();
            }
            underWay = Optional.of(waiting.pollFirst().take(clock.instant()));
            reconsidered = false;
            return underWay;
        });
    }

    /** Waits until {@link #take} has a group; empty once the queue is closed. */
    Optional<Flush> await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && timeToNext() > 0) {
                changed.await(timeToNext(), TimeUnit.NANOSECONDS);
            }
            return closed ? Optional.empty() : take();
        } finally {
            lock.unlock();
        }
    }

    /** Looks again whether a group can be taken. */
    void wake() {
        locked(() -> { });
    }

    void close() {
        locked(() -> closed = true);
    }

    /**
     * The states of the group need no further attempt.
     *
     * @param notified  people got a notification, or it became a dead letter
     * @param muted     something in the group is muted
     * @param lookAgain when the group is due again even if nothing changes
     */
    void acknowledge(Flush due, boolean notified, boolean muted, Optional<Instant> lookAgain) {
        locked(() -> {
            underWay = Optional.empty();
            due.states().forEach(this::acknowledge);
            AlertGroup group = groups.get(due.key().text());
            if (group == null || removeIfEmpty(group)) {
                return;
            }
            Instant now = clock.instant();
            group.acknowledged(notified, muted, now);
            schedule(group, group.dueAfterFlush(notified, muted && reconsidered ? Optional.of(now) : lookAgain, now));
        });
    }

    /** Decides again about what is muted: a silence or an inhibition may have ended. */
    void reconsider() {
        locked(() -> {
            reconsidered = true;
            groups.values().stream().filter(AlertGroup::hasMuted).forEach(group -> schedule(group, group.dueAfterNews(true, clock.instant())));
        });
    }

    /** The attempt failed. The next one is at that time. */
    void postpone(Flush due, Instant until) {
        locked(() -> {
            underWay = Optional.empty();
            AlertGroup group = groups.get(due.key().text());
            if (group != null) {
                group.failed(clock.instant());
                schedule(group, until);
            }
        });
    }

    /** The sink asked to be left alone. */
    void pause(Instant until) {
        locked(() -> pausedUntil = until.isAfter(pausedUntil) ? until : pausedUntil);
    }

    /** While held, nothing is taken: the worker does not know all states yet. */
    void hold(boolean hold) {
        locked(() -> held = hold);
    }

    /** Gives up the partitions' alerts. */
    void drop(Set<Integer> partitions) {
        locked(() -> {
            List<String> gone = groupOfAlert.entrySet().stream()
                    .filter(entry -> partitions.contains(entry.getValue().members().get(entry.getKey()).partition()))
                    .map(Map.Entry::getKey)
                    .toList();
            gone.forEach(this::forget);
        });
    }

    /** Waits for the attempt under way, if it is for an alert of the partitions. */
    void awaitAttempt(Set<Integer> partitions, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = patience.toNanos();
            while (nanos > 0 && underWay.stream().flatMap(due -> due.states().stream())
                    .anyMatch(state -> partitions.contains(state.partition()))) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The oldest record of the partition that is not acknowledged. */
    OptionalLong lowestPendingOffset(int partition) {
        return underLock(() -> mailboxes()
                .filter(mailbox -> mailbox.partition() == partition)
                .map(Mailbox::lowestPendingOffset)
                .flatMapToLong(OptionalLong::stream)
                .min());
    }

    /** The number of alerts with a state that waits. */
    long pending() {
        return underLock(() -> mailboxes().filter(Mailbox::hasPending).count());
    }

    private Stream<Mailbox> mailboxes() {
        return groups.values().stream().flatMap(group -> group.mailboxes().stream());
    }

    private Mailbox move(AlertRecord record, AlertGroup to) {
        String fingerprint = record.fingerprint();
        AlertGroup from = groupOfAlert.put(fingerprint, to);
        Mailbox mailbox = from == null ? new Mailbox(record.partition()) : from.members().get(fingerprint);
        if (from != null && from != to) {
            from.members().remove(fingerprint);
            removeIfEmpty(from);
        }
        to.members().put(fingerprint, mailbox);
        return mailbox;
    }

    private void acknowledge(AlertRecord state) {
        AlertGroup group = groupOfAlert.get(state.fingerprint());
        if (group != null) {
            Mailbox mailbox = group.members().get(state.fingerprint());
            mailbox.acknowledge(state);
            if (mailbox.isOver()) {
                forget(state.fingerprint());
            }
        }
    }

    private boolean removeIfEmpty(AlertGroup group) {
        if (!group.members().isEmpty()) {
            return false;
        }
        waiting.remove(group);
        groups.remove(group.key().text(), group);
        return true;
    }

    private void schedule(AlertGroup group, Instant due) {
        waiting.remove(group);
        group.setDue(due);
        if (due != Instant.MAX) {
            waiting.add(group);
        }
    }

    private long timeToNext() {
        if (held || !lease.holds() || underWay.isPresent() || waiting.isEmpty()) {
            return Long.MAX_VALUE;
        }
        Instant due = waiting.first().due();
        Duration left = Duration.between(clock.instant(), due.isAfter(pausedUntil) ? due : pausedUntil);
        return left.isNegative() ? 0 : left.toNanos();
    }

    private void locked(Runnable change) {
        underLock(() -> {
            change.run();
            changed.signalAll();
            return true;
        });
    }

    private <T> T underLock(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
