package org.bitcoinwatchdog.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEvent.BodyCase;
import org.bitcoinwatchdog.events.RecordingReader;
import org.bitcoinwatchdog.events.Recordings;
import org.bitcoinwatchdog.events.Undecodable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ShippedRecordingsTest {
    /** What Core itself refused while its functional tests ran, each with the line of its log that says so. */
    private static final Map<String, List<String>> REFUSED_BY_CORE = Map.of(
            // Misbehaving: addr message size = 1010
            "p2p_addr_relay", List.of("addr TOO_MANY"),
            // Misbehaving: addrv2 message size = 1001
            "p2p_addrv2_relay", List.of("addrv2 TOO_MANY"),
            // Misbehaving: invalid sendcmpct announce field
            "p2p_compactblocks", List.of("sendcmpct BAD_VALUE"),
            // end of data; Address too long: 513 > 512; Misbehaving: inv, getdata and headers message size = 50001, 2001
            "p2p_invalid_messages", List.of(
                    "addrv2 TOO_SHORT", "addrv2 TOO_MANY", "inv TOO_MANY", "getdata TOO_MANY", "headers TOO_MANY"));

    @ParameterizedTest
    @FieldSource("org.bitcoinwatchdog.events.Recordings#NAMES")
    void decodesEveryCallButThePayloadsThatCoreRefused(String name) throws IOException {
        List<String> undecodable = new ArrayList<>();
        long calls = 0;
        try (RecordingReader reader = open(name)) {
            RecordedEvents events = events(reader);
            while (events.hasNext()) {
                NodeEvent event = events.next();
                Message message = event.getBodyCase() == BodyCase.INBOUND_MESSAGE
                        ? event.getInboundMessage() : event.getOutboundMessage();
                if (message.getUndecodable() != Undecodable.UNDECODABLE_UNSPECIFIED) {
                    undecodable.add(message.getType() + " " + message.getUndecodable().name().replace("UNDECODABLE_", ""));
                }
                calls += isCall(event) ? 1 : 0;
            }
            assertThat(calls).isEqualTo(reader.lines());
        }
        assertThat(undecodable).containsExactlyElementsOf(REFUSED_BY_CORE.getOrDefault(name, List.of()));
    }

    @ParameterizedTest
    @FieldSource("org.bitcoinwatchdog.events.Recordings#NAMES")
    void numbersEveryNodesEventsWithoutAGapInTheOrderOfTime(String name) throws IOException {
        Map<String, Long> sequences = new HashMap<>();
        Map<String, Long> beats = new HashMap<>();
        try (RecordingReader reader = open(name)) {
            events(reader).forEachRemaining(event -> {
                assertThat(event.getSequence()).isEqualTo(sequences.merge(event.getNode(), 0L, (last, first) -> last + 1));
                if (event.getBodyCase() == BodyCase.HEARTBEAT) {
                    Long before = beats.put(event.getNode(), event.getObservedAtNs());
                    assertThat(event.getObservedAtNs() - (before == null ? event.getEpoch() : before))
                            .isEqualTo(1_000_000_000L);
                }
            });
        }
        assertThat(sequences).isNotEmpty();
    }

    private static boolean isCall(NodeEvent event) {
        return event.getBodyCase() != BodyCase.HEARTBEAT && event.getBodyCase() != BodyCase.NODE_STARTED;
    }

    private static RecordedEvents events(RecordingReader reader) {
        return new RecordedEvents(reader, "regtest", call -> {
            throw new AssertionError(call.reason());
        });
    }

    private static RecordingReader open(String name) throws IOException {
        return Recordings.open(name, line -> {
            throw new AssertionError(line.toString());
        });
    }
}
