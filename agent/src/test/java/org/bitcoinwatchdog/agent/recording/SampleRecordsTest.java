package org.bitcoinwatchdog.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bitcoinwatchdog.agent.record.RecordDecoder;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Decoded;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Undecodable;
import org.junit.jupiter.api.Test;

class SampleRecordsTest {
    @Test
    void everySampleIsDecodedWithoutADoubt() {
        RecordDecoder decoder = new RecordDecoder("main");
        List<NodeEvent> events = SampleRecords.all().stream()
                .map(record -> ((Decoded) decoder.decode(record, 0, record.limit(), 0)).event().build())
                .toList();
        List<Message> messages = events.stream()
                .map(event -> event.hasOutboundMessage() ? event.getOutboundMessage() : event.getInboundMessage())
                .filter(message -> !message.getType().isEmpty())
                .toList();
        assertThat(messages).extracting(Message::getType).contains("inv", "tx", "ping", "addrv2", "headers");
        assertThat(messages).allSatisfy(message -> {
            assertThat(message.getUndecodable()).isEqualTo(Undecodable.UNDECODABLE_UNSPECIFIED);
            assertThat(message.getPayloadCase() == Message.PayloadCase.PAYLOAD_NOT_SET).isEqualTo(message.getType().equals("tx"));
        });
        assertThat(events).anyMatch(NodeEvent::hasMempoolAdded).anyMatch(NodeEvent::hasMempoolRemoved);
    }
}
