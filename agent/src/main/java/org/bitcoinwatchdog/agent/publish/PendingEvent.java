package org.bitcoinwatchdog.agent.publish;

import org.bitcoinwatchdog.events.Loss;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * An event on its way to Kafka, in its serialized form. Not a record, because it wraps the bytes without copying them.
 */
final class PendingEvent {
    /** The approximate memory of an event besides its bytes: this object, the array's header, a place in a queue. */
    private static final int OVERHEAD_BYTES = 64;

    private final EventAccount account;
    private final long timeNs;
    private final byte[] value;
    private boolean tried;

    /** @param timeNs the event's UNIX time, nanoseconds */
    PendingEvent(EventAccount account, long timeNs, byte[] value) {
        this.account = account;
        this.timeNs = timeNs;
        this.value = value;
    }

    /** Adds the event to its account, and serializes it. */
    static PendingEvent accepted(EventAccount account, NodeEvent event) {
        account.accept();
        return new PendingEvent(account, event.getObservedAtNs(), event.toByteArray());
    }

    EventAccount account() {
        return account;
    }

    long timeNs() {
        return timeNs;
    }

    byte[] value() {
        return value;
    }

    int memoryBytes() {
        return value.length + OVERHEAD_BYTES;
    }

    /** True at the first call only: an event that shared a batch with a refused one is sent again once. */
    boolean firstTry() {
        boolean first = !tried;
        tried = true;
        return first;
    }

    void lose(Loss.Cause cause) {
        account.lose(cause, timeNs);
    }
}
