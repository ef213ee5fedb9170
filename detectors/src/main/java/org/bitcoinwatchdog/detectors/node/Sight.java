package org.bitcoinwatchdog.detectors.node;

import java.util.EnumSet;
import java.util.Set;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.TracepointStatus;

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
        for (Sight sight : VALUES) {
            if (!sight.attachedIn(heartbeat)) {
                missing.add(sight);
            }
        }
        return missing;
    }

    private boolean attachedIn(Heartbeat heartbeat) {
        for (TracepointStatus status : heartbeat.getTracepointsList()) {
            if (status.getTracepoint().equals(tracepoint)) {
                return status.getAttached();
            }
        }
        return false;
    }
}
