package org.bitcoinwatchdog.events;

import java.util.List;
import java.util.Objects;

/**
 * Contract 4: one line of a recording, a tracepoint call as bitcoind made it.
 *
 * @param timeNs     UNIX time in nanoseconds
 * @param node       name of the node
 * @param tracepoint {@code net:inbound_message}
 * @param args       in the order of doc/tracing.md: Long, Boolean, String (text, or bytes as hex)
 */
public record RecordedCall(long timeNs, String node, String tracepoint, List<Object> args) {
    public RecordedCall {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(tracepoint, "tracepoint");
        args = List.copyOf(args);
    }
}
