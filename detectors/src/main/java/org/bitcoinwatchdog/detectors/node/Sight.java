package org.bitcoinwatchdog.detectors.node;

import java.util.EnumSet;
import java.util.Set;
import org.bitcoinwatchdog.events.Heartbeat;

/**
 * A tracepoint that rules depend on. A bitcoind before v29 has no tracepoints for connections. Saved by position: add
 * new ones at the end.
 */
public enum Sight {
    INBOUND_MESSAGES("net:inbound_message"),
    OUTBOUND_MESSAGES("net:outbound_message"),
    INBOUND_CONNECTIONS("net:inbound_connection"),
    OUTBOUND_CONNECTIONS("net:outbound_connection"),
    CLOSED_CONNECTIONS("net:closed_connection"),
    BLOCKS("validation:block_connected");

    private static final Sight[] VALUES = values();

    private final String tracepoint;

    Sight(String tracepoint) {
        this.tracepoint = tracepoint;
    }

    /** The groups that the agent doesn't see; empty if the heartbeat lists no tracepoint, as in recordings. */
    static Set<Sight> missingIn(Heartbeat heartbeat) {
        Set<Sight> missing = EnumSet.noneOf(Sight.class);
        if (heartbeat.getTracepointsCount() == 0) {
            return missing;
        }
        int from = 0;
        for (Sight sight : VALUES) {
            int position = sight.positionIn(heartbeat, from);
            if (position < 0 || !heartbeat.getTracepoints(position).getAttached()) {
                missing.add(sight);
            }
            from = position + 1;
        }
        return missing;
    }

    /** Agents list their tracepoints in about this order, so the search begins where the one before ended. */
    private int positionIn(Heartbeat heartbeat, int from) {
        int count = heartbeat.getTracepointsCount();
        for (int i = from; i < from + count; i++) {
            int position = i < count ? i : i - count;
            if (heartbeat.getTracepoints(position).getTracepoint().equals(tracepoint)) {
                return position;
            }
        }
        return -1;
    }
}
