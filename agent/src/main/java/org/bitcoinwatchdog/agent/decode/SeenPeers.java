package org.bitcoinwatchdog.agent.decode;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bitcoinwatchdog.agent.decode.RecordLayout.MessageRecord;
import org.bitcoinwatchdog.events.Peer;

/** The peers of the last messages: a peer's id, address and connection type are the same in each of its messages, and are made once. */
final class SeenPeers {
    /** A node has 125 connections by default. */
    private static final int MOST = 1024;
    private static final int WORDS = (RecordLayout.CONNECTION_TYPE_BYTES + RecordLayout.ADDRESS_BYTES) / Long.BYTES;

    /** @param words what the record says of the peer beside its id */
    private record Seen(long[] words, Peer peer) {
    }

    private final Map<Long, Seen> seen = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Seen> eldest) {
            return size() > MOST;
        }
    };
    private final long[] words = new long[WORDS];

    /** Of a message's record. */
    Peer of(RecordBytes record) {
        long id = record.int64(MessageRecord.PEER_ID);
        read(record);
        Seen last = seen.get(id);
        if (last != null && Arrays.equals(last.words, words)) {
            return last.peer;
        }
        Peer peer = Peers.of(id,
                record.text(MessageRecord.ADDRESS, RecordLayout.ADDRESS_BYTES),
                record.text(MessageRecord.CONNECTION_TYPE, RecordLayout.CONNECTION_TYPE_BYTES));
        seen.put(id, new Seen(words.clone(), peer));
        return peer;
    }

    private void read(RecordBytes record) {
        int word = 0;
        for (int i = 0; i < RecordLayout.CONNECTION_TYPE_BYTES; i += Long.BYTES) {
            words[word++] = record.int64(MessageRecord.CONNECTION_TYPE + i);
        }
        for (int i = 0; i < RecordLayout.ADDRESS_BYTES; i += Long.BYTES) {
            words[word++] = record.int64(MessageRecord.ADDRESS + i);
        }
    }
}
