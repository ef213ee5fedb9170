package org.bitcoinwatchdog.agent.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;

/** One node's meters. One thread at a time adds its events, in their order. */
public final class TracedNodeMetrics {
    private final NodeMeters meters;
    private final MessageMeters inbound;
    private final MessageMeters outbound;
    private final AddressMeters addresses;
    private final ConnectionMeters connections;
    private final PingMeters pings;
    private final MisbehaviourMeters misbehaviour;
    private final BlockMeters blocks;
    private final MempoolMeters mempool;
    private final UtxoCacheMeters utxoCache;
    private final WalletMeters wallet;
    private final AddrmanMeters addrman;
    private final ProcessMeters process;

    TracedNodeMetrics(MeterRegistry registry, String node, String network) {
        meters = new NodeMeters(registry, node, network);
        inbound = new MessageMeters(meters, ConnectionLabels.INBOUND);
        outbound = new MessageMeters(meters, ConnectionLabels.OUTBOUND);
        addresses = new AddressMeters(meters);
        connections = new ConnectionMeters(meters);
        pings = new PingMeters(meters);
        misbehaviour = new MisbehaviourMeters(meters);
        blocks = new BlockMeters(meters);
        mempool = new MempoolMeters(meters);
        utxoCache = new UtxoCacheMeters(meters);
        wallet = new WalletMeters(meters);
        addrman = new AddrmanMeters(meters);
        process = new ProcessMeters(meters);
    }

    /** Updates the meters by an event. A message costs some ten nanoseconds. */
    public void on(NodeEvent event) {
        long nowNs = event.getObservedAtNs();
        switch (event.getBodyCase()) {
            case INBOUND_MESSAGE -> received(event.getInboundMessage(), nowNs);
            case OUTBOUND_MESSAGE -> sent(event.getOutboundMessage(), nowNs);
            case INBOUND_CONNECTION -> connections.opened(event.getInboundConnection(), nowNs);
            case OUTBOUND_CONNECTION -> connections.opened(event.getOutboundConnection(), nowNs);
            case EVICTED_INBOUND_CONNECTION -> connections.evicted(event.getEvictedInboundConnection());
            case CLOSED_CONNECTION -> connections.closed(event.getClosedConnection(), nowNs);
            case MISBEHAVING_CONNECTION -> misbehaviour.on(event.getMisbehavingConnection().getReason());
            case BLOCK_CONNECTED -> blocks.on(event.getBlockConnected(), nowNs);
            case MEMPOOL_ADDED -> mempool.added(event.getMempoolAdded());
            case MEMPOOL_REMOVED -> mempool.removed(event.getMempoolRemoved());
            case MEMPOOL_REPLACED -> mempool.replaced(event.getMempoolReplaced());
            case MEMPOOL_REJECTED -> mempool.rejected(event.getMempoolRejected());
            case UTXO_CACHE_FLUSH -> utxoCache.flushed(event.getUtxoCacheFlush());
            case UTXO_CACHE_ADD -> utxoCache.added();
            case UTXO_CACHE_SPENT -> utxoCache.spent();
            case UTXO_CACHE_UNCACHE -> utxoCache.uncached();
            case SELECTED_COINS -> wallet.selected(event.getSelectedCoins());
            case NORMAL_CREATE_TX_INTERNAL -> wallet.transaction(event.getNormalCreateTxInternal());
            case ATTEMPTING_APS_CREATE_TX, APS_CREATE_TX_INTERNAL -> { } // repeats a selection that is already counted
            case ADDRMAN_ATTEMPT_ADD -> addrman.attempted(event.getAddrmanAttemptAdd());
            case ADDRMAN_MOVE_TO_GOOD -> addrman.movedToGood();
            case HEARTBEAT -> {
                process.heartbeat(event.getHeartbeat(), nowNs);
                connections.sweep(nowNs);
            }
            case NODE_STARTED -> {
                connections.clear();
                process.started();
            }
            case NODE_STOPPED -> {
                connections.clear();
                process.stopped();
            }
            case LOSS -> process.lost(event.getLoss());
            case BODY_NOT_SET -> { }
        }
    }

    void remove() {
        meters.remove();
    }

    private void received(Message message, long nowNs) {
        inbound.on(message);
        if (message.hasAddresses()) {
            addresses.on(message.getAddresses());
        }
        OpenConnection connection = connections.message(message.getPeer(), nowNs);
        if (connection != null && message.hasNonce() && message.getType().equals("pong")) {
            pings.received(message, connection, nowNs);
        }
    }

    private void sent(Message message, long nowNs) {
        outbound.on(message);
        OpenConnection connection = connections.message(message.getPeer(), nowNs);
        if (connection != null && message.hasNonce() && message.getType().equals("ping")) {
            pings.sent(message, connection, nowNs);
        }
    }
}
