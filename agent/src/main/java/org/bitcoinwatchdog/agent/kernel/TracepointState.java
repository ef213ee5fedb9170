package org.bitcoinwatchdog.agent.kernel;

import java.util.Objects;

/**
 * What became of a tracepoint that was to be attached.
 *
 * @param reason why it is not attached, in one line; empty where it is
 */
public record TracepointState(Tracepoint tracepoint, boolean attached, String reason) {
    public TracepointState {
        Objects.requireNonNull(tracepoint, "tracepoint");
        if (attached != reason.isEmpty()) {
            throw new IllegalArgumentException("a reason belongs to tracepoints that are not attached");
        }
    }

    static TracepointState attached(Tracepoint tracepoint) {
        return new TracepointState(tracepoint, true, "");
    }

    static TracepointState leftOut(Tracepoint tracepoint, String reason) {
        return new TracepointState(tracepoint, false, reason);
    }
}
