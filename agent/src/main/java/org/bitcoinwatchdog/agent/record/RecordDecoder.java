package org.bitcoinwatchdog.agent.record;

import java.nio.ByteBuffer;
import org.bitcoinwatchdog.agent.kernel.Tracepoint;
import org.bitcoinwatchdog.agent.p2p.PayloadDecoders;
import org.bitcoinwatchdog.agent.record.RecordLayout.RecordHeader;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * The kernel's binary record (bpf/record.h) to the body of a NodeEvent. Never throws for what a record holds: a record
 * that makes no sense, or meets a fault of the decoder's own, is a {@link Malformed}, a P2P payload that makes none is an event with its type, size and reason.
 * Keeps scratch space: one decoder a thread.
 */
public final class RecordDecoder {
    private final RecordBytes record = new RecordBytes();
    private final MessageDecoder messages;
    private final DecodingFaults faults = new DecodingFaults();

    /** @param network the chain, which sets the proof of work limit; an unknown one has no limit */
    public RecordDecoder(String network) {
        messages = new MessageDecoder(new PayloadDecoders(network, RecordLayout.PAYLOAD_CAP_LISTS));
    }

    /**
     * @param records    holds the record, heap or direct; its order becomes little-endian, its position and limit are
     *                   neither used nor changed
     * @param offset     where the record begins
     * @param length     bytes of the record; more than it needs is fine, since the ring buffer reserves fixed sizes
     * @param bootTimeNs UNIX time in nanoseconds of the zero of the record's clock: added to the record's time
     * @return a {@link Decoded} or a {@link Malformed}
     */
    public RecordOutcome decode(ByteBuffer records, int offset, int length, long bootTimeNs) {
        record.set(records, offset, length);
        Malformed malformed = RecordCheck.problem(record);
        if (malformed != null) {
            return malformed;
        }
        Tracepoint tracepoint = RecordCheck.tracepoint(record);
        NodeEvent.Builder event = NodeEvent.newBuilder().setObservedAtNs(record.int64(RecordHeader.BOOT_NS) + bootTimeNs);
        try {
            body(tracepoint, event);
        } catch (RuntimeException e) {
            // Peers choose what most records hold: if a fault in here ended tracing, one message could blind the watchdog.
            faults.met(tracepoint, e);
            return new Malformed(tracepoint.number(), Malformed.Reason.FAULT);
        }
        return new Decoded(tracepoint, event);
    }

    /** The same for a record that nobody decodes any more: what it is counted as. */
    public Malformed givenUp(ByteBuffer records, int offset, int length) {
        record.set(records, offset, length);
        Malformed malformed = RecordCheck.problem(record);
        return malformed != null ? malformed : new Malformed(record.tracepoint(), Malformed.Reason.GIVEN_UP);
    }

    private void body(Tracepoint tracepoint, NodeEvent.Builder event) {
        switch (tracepoint) {
            case NET_INBOUND_MESSAGE -> event.setInboundMessage(messages.message(record));
            case NET_OUTBOUND_MESSAGE -> event.setOutboundMessage(messages.message(record));
            case NET_INBOUND_CONNECTION -> event.setInboundConnection(ConnectionRecords.opened(record));
            case NET_OUTBOUND_CONNECTION -> event.setOutboundConnection(ConnectionRecords.opened(record));
            case NET_EVICTED_INBOUND_CONNECTION -> event.setEvictedInboundConnection(ConnectionRecords.ended(record));
            case NET_CLOSED_CONNECTION -> event.setClosedConnection(ConnectionRecords.ended(record));
            case NET_MISBEHAVING_CONNECTION -> event.setMisbehavingConnection(ConnectionRecords.misbehaving(record));
            case VALIDATION_BLOCK_CONNECTED -> event.setBlockConnected(BlockAndCoinRecords.connected(record));
            case UTXOCACHE_FLUSH -> event.setUtxoCacheFlush(BlockAndCoinRecords.flush(record));
            case UTXOCACHE_ADD -> event.setUtxoCacheAdd(BlockAndCoinRecords.coin(record));
            case UTXOCACHE_SPENT -> event.setUtxoCacheSpent(BlockAndCoinRecords.coin(record));
            case UTXOCACHE_UNCACHE -> event.setUtxoCacheUncache(BlockAndCoinRecords.coin(record));
            case COIN_SELECTION_SELECTED_COINS -> event.setSelectedCoins(WalletRecords.selectedCoins(record));
            case COIN_SELECTION_NORMAL_CREATE_TX_INTERNAL ->
                    event.setNormalCreateTxInternal(WalletRecords.normalCreateTx(record));
            case COIN_SELECTION_ATTEMPTING_APS_CREATE_TX ->
                    event.setAttemptingApsCreateTx(WalletRecords.attemptingAps(record));
            case COIN_SELECTION_APS_CREATE_TX_INTERNAL -> event.setApsCreateTxInternal(WalletRecords.apsCreateTx(record));
            case MEMPOOL_ADDED -> event.setMempoolAdded(MempoolRecords.added(record));
            case MEMPOOL_REMOVED -> event.setMempoolRemoved(MempoolRecords.removed(record));
            case MEMPOOL_REPLACED -> event.setMempoolReplaced(MempoolRecords.replaced(record));
            case MEMPOOL_REJECTED -> event.setMempoolRejected(MempoolRecords.rejected(record));
            case ADDRMAN_ATTEMPT_ADD -> event.setAddrmanAttemptAdd(AddrmanRecords.attemptAdd(record));
            case ADDRMAN_MOVE_TO_GOOD -> event.setAddrmanMoveToGood(AddrmanRecords.moveToGood(record));
        }
    }
}
