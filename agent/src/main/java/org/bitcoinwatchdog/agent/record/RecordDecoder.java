package org.bitcoinwatchdog.agent.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.bitcoinwatchdog.agent.kernel.Tracepoint;
import org.bitcoinwatchdog.agent.p2p.PayloadDecoders;
import org.bitcoinwatchdog.agent.record.RecordLayout.RecordHeader;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Decoded;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Flaw;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Malformed;
import org.bitcoinwatchdog.events.NodeEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes the kernel's binary records (bpf/record.h) into the bodies of NodeEvents. No content of a record makes it throw:
 * a corrupt record, or one that triggers a bug of the decoder, is {@link Malformed}. A P2P message whose payload is
 * malformed is an event with type, size and reason. It keeps scratch space, so each thread needs its own decoder.
 */
public final class RecordDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(RecordDecoder.class);

    private final RecordBytes record = new RecordBytes();
    private final MessageDecoder messages;
    /** The places in the code where faults arose: a few, whatever peers send. */
    private final Set<StackTraceElement> loggedFaults = new HashSet<>();

    /** @param network the chain, which sets the proof of work limit; an unknown one has no limit */
    public RecordDecoder(String network) {
        messages = new MessageDecoder(new PayloadDecoders(network, RecordLayout.PAYLOAD_CAP_LISTS));
    }

    /**
     * @param records    contains the record, heap or direct. Its order becomes little-endian; its position and limit
     *                   are neither used nor changed
     * @param offset     where the record begins
     * @param length     of the record in bytes. It may be more than the record needs, because the ring buffer reserves
     *                   fixed sizes
     * @param bootTimeNs UNIX time in nanoseconds at the zero of the record's clock; added to the record's time
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
            // Peers choose the content of most records. If a fault ended tracing, one message could blind the watchdog.
            logOnce(tracepoint, e);
            return new Malformed(tracepoint.number(), Flaw.FAULT);
        }
        return new Decoded(tracepoint, event);
    }

    /** How a record is counted that will not be decoded any more. */
    public Malformed givenUp(ByteBuffer records, int offset, int length) {
        record.set(records, offset, length);
        Malformed malformed = RecordCheck.problem(record);
        return malformed != null ? malformed : new Malformed(record.tracepoint(), Flaw.GIVEN_UP);
    }

    private void logOnce(Tracepoint tracepoint, RuntimeException fault) {
        if (Arrays.stream(fault.getStackTrace()).findFirst().map(loggedFaults::add).orElse(false)) {
            LOG.error("A record of {} could not be decoded: this is a bug. It is counted as undecodable.",
                    tracepoint.fullName(), fault);
        }
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
