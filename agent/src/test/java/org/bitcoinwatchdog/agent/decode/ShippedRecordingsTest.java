package org.bitcoinwatchdog.agent.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.RecordingReader;
import org.bitcoinwatchdog.events.Recordings;
import org.bitcoinwatchdog.events.Undecodable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedRecordingsTest {
    /** In its test p2p_invalid_messages.py, Core refuses just these messages. */
    private static final Map<String, Integer> REFUSED_BY_CORE = Map.of();

    @ParameterizedTest
    @MethodSource("names")
    void decodesEveryCall(String name) throws IOException {
        Map<Undecodable, Integer> undecodable = new HashMap<>();
        forEachEvent(name, event -> message(event).forEach(message -> {
            if (message.getUndecodable() != Undecodable.UNDECODABLE_UNSPECIFIED) {
                undecodable.merge(message.getUndecodable(), 1, Integer::sum);
                System.out.println(name + " " + message.getType() + " " + message.getSizeBytes() + " " + message.getUndecodable());
            }
        }));
    }

    static Stream<String> names() {
        return Recordings.NAMES.stream();
    }

    private static Stream<Message> message(NodeEvent event) {
        return switch (event.getBodyCase()) {
            case INBOUND_MESSAGE -> Stream.of(event.getInboundMessage());
            case OUTBOUND_MESSAGE -> Stream.of(event.getOutboundMessage());
            default -> Stream.empty();
        };
    }

    private static void forEachEvent(String name, Consumer<NodeEvent> action) throws IOException {
        try (RecordingReader reader = Recordings.open(name, line -> {
            throw new AssertionError(line.toString());
        })) {
            new RecordedEvents(reader, "regtest", call -> {
                throw new AssertionError(call.reason());
            }).forEachRemaining(action);
        }
    }
}
