package org.bitcoinwatchdog.detectors.node;

import java.util.Set;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Loss;

/** Since when a node's messages, connections and blocks are known without a hole, in the node's time. */
final class KnownSince {
    private long messagesNs;
    private long connectionsNs;
    private long blocksNs;

    long messagesNs() {
        return messagesNs;
    }

    long connectionsNs() {
        return connectionsNs;
    }

    long blocksNs() {
        return blocksNs;
    }

    void holeInAll(long nowNs) {
        messagesNs = nowNs;
        connectionsNs = nowNs;
        blocksNs = nowNs;
    }

    /** A tracepoint that is not attached is a hole without an end. */
    void unseen(Set<Sight> unseen, long nowNs) {
        if (unseen.isEmpty()) {
            return;
        }
        for (Sight sight : unseen) {
            switch (sight) {
                case INBOUND_MESSAGES, OUTBOUND_MESSAGES -> messagesNs = nowNs;
                case BLOCKS -> blocksNs = nowNs;
                default -> connectionsNs = nowNs;
            }
        }
    }

    /** A loss without a tracepoint is a hole in all three. */
    void hole(Loss loss, long nowNs) {
        String tracepoint = loss.getTracepoint();
        long end = Math.min(loss.getToNs() == 0 ? nowNs : loss.getToNs(), nowNs);
        if (tracepoint.isEmpty() || tracepoint.endsWith("_message")) {
            messagesNs = Math.max(messagesNs, end);
        }
        if (tracepoint.isEmpty() || tracepoint.endsWith("_connection")) {
            connectionsNs = Math.max(connectionsNs, end);
        }
        if (tracepoint.isEmpty() || tracepoint.startsWith("validation:")) {
            blocksNs = Math.max(blocksNs, end);
        }
    }

    void save(StateWriter out) {
        out.number(messagesNs).number(connectionsNs).number(blocksNs);
    }

    void restore(StateReader in) {
        messagesNs = in.number();
        connectionsNs = in.number();
        blocksNs = in.number();
    }
}
