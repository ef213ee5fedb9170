package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alerts that share their notifications to one sink. The lock of its queue guards it. */
final class AlertGroup {
    private final GroupKey key;
    private final long serial;
    private final Map<String, Mailbox> members = new LinkedHashMap<>();
    private Timing timing;
    private Instant due = Instant.MAX;
    private Instant notifiedAt = Instant.MIN;
    private Instant failingSince = Instant.MAX;
    private int failures;
    private boolean hasMuted;

    /** @param serial orders groups that are due at the same time */
    AlertGroup(GroupKey key, long serial, Timing timing) {
        this.key = key;
        this.serial = serial;
        this.timing = timing;
    }

    GroupKey key() {
        return key;
    }

    long serial() {
        return serial;
    }

    Map<String, Mailbox> members() {
        return members;
    }

    Collection<Mailbox> mailboxes() {
        return members.values();
    }

    Instant due() {
        return due;
    }

    void setDue(Instant at) {
        due = at;
    }

    void setTiming(Timing timing) {
        this.timing = timing;
    }

    /** When the group is due, now that one of its alerts has a new state. A failing sink's pause goes on. */
    Instant dueAfterNews(boolean urgent, Instant now) {
        return dueBy(urgent ? now : quietUntil(now));
    }

    /** When the group is due because of an end that is held back. */
    Instant dueAfterHold(Mailbox held, Instant now) {
        Instant quiet = quietUntil(now);
        return dueBy(held.heldUntil().isBefore(quiet) ? quiet : held.heldUntil());
    }

    /** When the group is due after a flush: for states that wait, for an end that is held back, or to look again. */
    Instant dueAfterFlush(boolean notified, Optional<Instant> lookAgain, Instant now) {
        boolean more = mailboxes().stream().anyMatch(mailbox -> mailbox.hasPending() && !mailbox.isHeld(now));
        Instant next = !more ? lookAgain.orElse(Instant.MAX) : notified ? quietUntil(now) : now;
        due = next.isBefore(due) ? next : due;
        return mailboxes().stream().filter(mailbox -> mailbox.isHeld(now)).map(mailbox -> dueAfterHold(mailbox, now))
                .min(Instant::compareTo).orElse(due);
    }

    private Instant dueBy(Instant at) {
        return failures == 0 && at.isBefore(due) ? at : due;
    }

    Instant quietUntil(Instant now) {
        Instant at = notifiedAt == Instant.MIN ? now.plus(timing.firstWait()) : notifiedAt.plus(timing.interval());
        return at.isBefore(now) ? now : at;
    }

    void failed(Instant now) {
        failures++;
        failingSince = failures == 1 ? now : failingSince;
    }

    void acknowledged(boolean notified, boolean muted, Instant now) {
        hasMuted = muted;
        failures = 0;
        failingSince = Instant.MAX;
        notifiedAt = notified ? now : notifiedAt;
    }

    /** Whether it has a firing alert that was muted at the last flush. */
    boolean hasMuted() {
        return hasMuted;
    }

    Flush take(Instant now) {
        due = Instant.MAX;
        List<AlertRecord> heads = mailboxes().stream().filter(mailbox -> !mailbox.isHeld(now)).map(Mailbox::take).toList();
        return new Flush(key, timing, heads, failures, failingSince);
    }
}
