package org.bitcoinwatchdog.agent.record;

import org.bitcoinwatchdog.agent.record.RecordLayout.MessageRecord;
import org.bitcoinwatchdog.events.Peer;

/**
 * The peers of recent messages. A peer's id, address and connection type are the same in each of its messages, so they
 * are converted once. A peer has the slot of its number, as in bpf/programs/peers.h. bitcoind numbers its peers
 * upwards, so a few hundred at a time seldom share a slot.
 */
final class SeenPeers {
    private static final int SLOTS = 2048;

    /** A peer as its records have it, in words, and as the event has it. */
    private record SeenPeer(long id, long[] connectionType, long[] address, Peer peer) {
    }

    private final SeenPeer[] slots = new SeenPeer[SLOTS];

    /** The peer of a message's record. */
    Peer of(RecordBytes record) {
        long id = record.int64(MessageRecord.PEER_ID);
        int slot = (int) id & SLOTS - 1;
        SeenPeer seen = slots[slot];
        if (seen == null || seen.id != id
                || !record.holds(MessageRecord.CONNECTION_TYPE, seen.connectionType)
                || !record.holds(MessageRecord.ADDRESS, seen.address)) {
            seen = read(record, id);
            slots[slot] = seen;
        }
        return seen.peer;
    }

    private static SeenPeer read(RecordBytes record, long id) {
        Peer peer = PeerFields.of(id,
                record.text(MessageRecord.ADDRESS, RecordLayout.ADDRESS_BYTES),
                record.text(MessageRecord.CONNECTION_TYPE, RecordLayout.CONNECTION_TYPE_BYTES));
        return new SeenPeer(id,
                record.words(MessageRecord.CONNECTION_TYPE, RecordLayout.CONNECTION_TYPE_BYTES),
                record.words(MessageRecord.ADDRESS, RecordLayout.ADDRESS_BYTES),
                peer);
    }
}
