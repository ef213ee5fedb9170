package org.bitcoinwatchdog.agent.record;

import org.bitcoinwatchdog.agent.p2p.PayloadDecoder;
import org.bitcoinwatchdog.agent.p2p.PayloadDecoders;
import org.bitcoinwatchdog.agent.p2p.PayloadReader;
import org.bitcoinwatchdog.agent.record.RecordLayout.MessageRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.RecordHeader;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.Undecodable;

/** net:inbound_message and net:outbound_message: peer, type and size, and the payload if its type has a decoder. */
final class MessageDecoder {
    private final SeenTypes types;
    private final SeenPeers peers = new SeenPeers();
    private final PayloadReader payload = new PayloadReader();

    MessageDecoder(PayloadDecoders payloads) {
        types = new SeenTypes(payloads);
    }

    Message message(RecordBytes record) {
        SeenTypes.SeenType type = types.of(record);
        long size = record.int64(MessageRecord.SIZE_BYTES);
        int captured = record.int32(RecordHeader.PAYLOAD_BYTES);
        Message.Builder message = Message.newBuilder()
                .setPeer(peers.of(record))
                .setType(type.name())
                .setSizeBytes(size)
                .setCapturedBytes(captured);
        if (type.decoder() != null) {
            payload.set(record.buffer(), record.at(MessageRecord.PAYLOAD), captured, size);
            decode(type.decoder(), message);
        }
        return message.build();
    }

    private void decode(PayloadDecoder decoder, Message.Builder message) {
        decoder.decode(payload, message);
        if (payload.problem() != null) {
            message.clearPayload().setUndecodable(payload.problem());
        } else if (message.getPayloadCase() == Message.PayloadCase.PAYLOAD_NOT_SET) {
            message.setUndecodable(Undecodable.UNDECODABLE_NOT_CAPTURED);
        }
    }
}
