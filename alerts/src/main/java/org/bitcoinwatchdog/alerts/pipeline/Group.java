package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Alerts of one sink that share their notifications. Guarded by its queue's lock. */
final class Group {
    private final GroupKey key;
    private final long serial;
    private final Map<String, Mailbox> members = new LinkedHashMap<>();
    private Timing timing;
    private Instant due = Instant.MAX;
    private Instant toldAt = Instant.MIN;
    private Instant failingSince = Instant.MAX;
    private int failures;
    private boolean hides;

    /** @param serial orders groups that are due at the same time */
    Group(GroupKey key, long serial, Timing timing) {
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

    /** When the group speaks, now that one of its alerts has a new state. A failing sink's pause goes on. */
    Instant dueAfterNews(boolean urgent, Instant now) {
        return dueBy(urgent ? now : quietUntil(now));
    }

    /** When it speaks, if by then one of its alerts that is held back is to be told. */
    Instant dueAfterHold(Mailbox held, Instant now) {
        Instant quiet = quietUntil(now);
        return dueBy(held.heldUntil().isBefore(quiet) ? quiet : held.heldUntil());
    }

    private Instant dueBy(Instant at) {
        return failures == 0 && at.isBefore(due) ? at : due;
    }

    Instant quietUntil(Instant now) {
        Instant at = toldAt == Instant.MIN ? now.plus(timing.firstWait()) : toldAt.plus(timing.interval());
        return at.isBefore(now) ? now : at;
    }

    void failed(Instant now) {
        failures++;
        failingSince = failures == 1 ? now : failingSince;
    }

    void acknowledged(boolean told, boolean hidden, Instant now) {
        hides = hidden;
        failures = 0;
        failingSince = Instant.MAX;
        toldAt = told ? now : toldAt;
    }

    /** Whether something in it was kept from people that still fires. */
    boolean hides() {
        return hides;
    }

    Flush take(Instant now) {
        due = Instant.MAX;
        List<AlertRecord> heads = mailboxes().stream().filter(mailbox -> !mailbox.isHeld(now)).map(Mailbox::take).toList();
        return new Flush(key, timing, heads, failures, failingSince);
    }
}
