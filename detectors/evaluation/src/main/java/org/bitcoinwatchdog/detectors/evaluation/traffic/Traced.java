package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.function.BiConsumer;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.EndedConnection;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.Loss;
import org.bitcoinwatchdog.events.MempoolAdded;
import org.bitcoinwatchdog.events.MempoolRemoved;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.MisbehavingConnection;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStarted;
import org.bitcoinwatchdog.events.NodeStopped;
import org.bitcoinwatchdog.events.OpenedConnection;
import org.bitcoinwatchdog.events.UtxoCacheFlush;

/** The body of a NodeEvent for each generated message. */
public enum Traced {
    INBOUND_MESSAGE("net:inbound_message", (event, body) -> event.setInboundMessage((Message) body)),
    OUTBOUND_MESSAGE("net:outbound_message", (event, body) -> event.setOutboundMessage((Message) body)),
    INBOUND_CONNECTION("net:inbound_connection", (event, body) -> event.setInboundConnection((OpenedConnection) body)),
    OUTBOUND_CONNECTION("net:outbound_connection", (event, body) -> event.setOutboundConnection((OpenedConnection) body)),
    EVICTED("net:evicted_inbound_connection", (event, body) -> event.setEvictedInboundConnection((EndedConnection) body)),
    CLOSED("net:closed_connection", (event, body) -> event.setClosedConnection((EndedConnection) body)),
    MISBEHAVING("net:misbehaving_connection", (event, body) -> event.setMisbehavingConnection((MisbehavingConnection) body)),
    BLOCK_CONNECTED("validation:block_connected", (event, body) -> event.setBlockConnected((BlockConnected) body)),
    MEMPOOL_ADDED("mempool:added", (event, body) -> event.setMempoolAdded((MempoolAdded) body)),
    MEMPOOL_REMOVED("mempool:removed", (event, body) -> event.setMempoolRemoved((MempoolRemoved) body)),
    FLUSH("utxocache:flush", (event, body) -> event.setUtxoCacheFlush((UtxoCacheFlush) body)),
    HEARTBEAT("", (event, body) -> event.setHeartbeat((Heartbeat) body)),
    STARTED("", (event, body) -> event.setNodeStarted((NodeStarted) body)),
    STOPPED("", (event, body) -> event.setNodeStopped((NodeStopped) body)),
    LOSS("", (event, body) -> event.setLoss((Loss) body));

    private static final Traced[] VALUES = values();

    private final String tracepoint;
    private final BiConsumer<NodeEvent.Builder, Object> put;

    Traced(String tracepoint, BiConsumer<NodeEvent.Builder, Object> put) {
        this.tracepoint = tracepoint;
        this.put = put;
    }

    /** Empty for the agent's own events. */
    public String tracepoint() {
        return tracepoint;
    }

    static Traced of(int ordinal) {
        return VALUES[ordinal];
    }

    void put(NodeEvent.Builder event, Object body) {
        put.accept(event, body);
    }
}
