package org.bitcoinwatchdog.agent.record;

import org.bitcoinwatchdog.agent.record.RecordLayout.ConnectionRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.MisbehavingRecord;
import org.bitcoinwatchdog.events.EndedConnection;
import org.bitcoinwatchdog.events.MisbehavingConnection;
import org.bitcoinwatchdog.events.OpenedConnection;
import org.bitcoinwatchdog.events.Peer;

/** The tracepoints of {@code net}, except messages. */
final class ConnectionRecords {
    private ConnectionRecords() {
    }

    static OpenedConnection opened(RecordBytes record) {
        return OpenedConnection.newBuilder()
                .setPeer(peer(record))
                .setNetwork(PeerFields.network(record.int32(ConnectionRecord.NETWORK)))
                .setConnections(record.int64(ConnectionRecord.COUNT_OR_TIME))
                .build();
    }

    static EndedConnection ended(RecordBytes record) {
        return EndedConnection.newBuilder()
                .setPeer(peer(record))
                .setNetwork(PeerFields.network(record.int32(ConnectionRecord.NETWORK)))
                .setConnectedAtS(record.int64(ConnectionRecord.COUNT_OR_TIME))
                .build();
    }

    static MisbehavingConnection misbehaving(RecordBytes record) {
        return MisbehavingConnection.newBuilder()
                .setPeerId(record.int64(MisbehavingRecord.PEER_ID))
                .setReason(record.text(MisbehavingRecord.REASON, RecordLayout.MISBEHAVING_REASON_BYTES))
                .build();
    }

    private static Peer peer(RecordBytes record) {
        return PeerFields.of(record.int64(ConnectionRecord.PEER_ID),
                record.text(ConnectionRecord.ADDRESS, RecordLayout.ADDRESS_BYTES),
                record.text(ConnectionRecord.CONNECTION_TYPE, RecordLayout.CONNECTION_TYPE_BYTES));
    }
}
