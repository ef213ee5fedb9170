package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.function.BiConsumer;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.EndedConnection;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.MempoolAdded;
import org.bitcoinwatchdog.events.MempoolRemoved;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStarted;
import org.bitcoinwatchdog.events.NodeStopped;
import org.bitcoinwatchdog.events.OpenedConnection;
import org.bitcoinwatchdog.events.UtxoCacheFlush;

/** Which body of a NodeEvent a generated message becomes. */
public enum Traced {
    INBOUND_MESSAGE((event, body) -> event.setInboundMessage((Message) body)),
    OUTBOUND_MESSAGE((event, body) -> event.setOutboundMessage((Message) body)),
    INBOUND_CONNECTION((event, body) -> event.setInboundConnection((OpenedConnection) body)),
    OUTBOUND_CONNECTION((event, body) -> event.setOutboundConnection((OpenedConnection) body)),
    EVICTED((event, body) -> event.setEvictedInboundConnection((EndedConnection) body)),
    CLOSED((event, body) -> event.setClosedConnection((EndedConnection) body)),
    BLOCK_CONNECTED((event, body) -> event.setBlockConnected((BlockConnected) body)),
    MEMPOOL_ADDED((event, body) -> event.setMempoolAdded((MempoolAdded) body)),
    MEMPOOL_REMOVED((event, body) -> event.setMempoolRemoved((MempoolRemoved) body)),
    FLUSH((event, body) -> event.setUtxoCacheFlush((UtxoCacheFlush) body)),
    HEARTBEAT((event, body) -> event.setHeartbeat((Heartbeat) body)),
    STARTED((event, body) -> event.setNodeStarted((NodeStarted) body)),
    STOPPED((event, body) -> event.setNodeStopped((NodeStopped) body));

    private static final Traced[] VALUES = values();

    private final BiConsumer<NodeEvent.Builder, Object> put;

    Traced(BiConsumer<NodeEvent.Builder, Object> put) {
        this.put = put;
    }

    static Traced of(int ordinal) {
        return VALUES[ordinal];
    }

    void put(NodeEvent.Builder event, Object body) {
        put.accept(event, body);
    }
}
