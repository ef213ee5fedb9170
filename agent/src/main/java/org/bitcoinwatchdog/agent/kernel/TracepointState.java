package org.bitcoinwatchdog.agent.kernel;

import java.util.Objects;

/**
 * Whether a chosen tracepoint is attached.
 *
 * @param reason why it is not attached, in one line; empty if it is attached
 */
public record TracepointState(Tracepoint tracepoint, boolean attached, String reason) {
    public TracepointState {
        Objects.requireNonNull(tracepoint, "tracepoint");
        if (attached != reason.isEmpty()) {
            throw new IllegalArgumentException("a tracepoint has a reason if and only if it is not attached");
        }
    }

    static TracepointState attached(Tracepoint tracepoint) {
        return new TracepointState(tracepoint, true, "");
    }

    static TracepointState leftOut(Tracepoint tracepoint, String reason) {
        return new TracepointState(tracepoint, false, reason);
    }
}
