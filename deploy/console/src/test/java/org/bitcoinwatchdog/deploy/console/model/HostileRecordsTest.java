package org.bitcoinwatchdog.deploy.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.bitcoinwatchdog.deploy.console.SampleAlerts;
import org.bitcoinwatchdog.deploy.console.Traffic;
import org.bitcoinwatchdog.deploy.console.model.FleetView.NodeRow;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertJson;
import org.bitcoinwatchdog.events.AlertSerde;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeDigestSerde;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEventSerde;
import org.bitcoinwatchdog.testing.HostileRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The models refuse or show any record, stay within their limits, and continue. */
@Timeout(60)
class HostileRecordsTest {
    private static final int RECORDS = 20_000;
    private static final Instant NOW = Instant.ofEpochSecond(Traffic.BEGIN_S);
    private static final int MOST_JSON = 20_000_000;

    private final ObjectMapper json = new ObjectMapper();
    private final Fleet fleet = new Fleet(Clock.fixed(NOW, ZoneOffset.UTC), AutonomousSystems.UNKNOWN);
    private final HostileRecords hostile = new HostileRecords(20_261_128);

    @Test
    void aFleetOfHostileNodesIsShownWithinItsBounds() throws Exception {
        Deserializer<NodeEvent> events = new NodeEventSerde().deserializer();
        Deserializer<NodeDigest> digests = new NodeDigestSerde().deserializer();
        int unreadable = 0;
        for (int i = 0; i < RECORDS; i++) {
            try {
                if (i % 2 == 0) {
                    NodeEvent event = events.deserialize("", hostile.next(NodeEvent.getDefaultInstance()).value());
                    if (event != null) {
                        fleet.fold(event, NOW);
                    }
                } else {
                    NodeDigest digest = digests.deserialize("", hostile.next(NodeDigest.getDefaultInstance()).value());
                    if (digest != null) {
                        fleet.fold(digest, NOW);
                    }
                }
            } catch (SerializationException e) {
                unreadable++;
            }
            if (i % 1_000 == 0) {
                assertThat(shown()).isLessThan(MOST_JSON);
            }
        }
        assertThat(unreadable).isPositive();
        assertThat(fleet.view().nodes()).hasSizeLessThanOrEqualTo(ConsoleLimits.NODES);
        assertThat(fleet.view().refused()).isPositive();
    }

    @Test
    void aGoodNodeIsShownAmongHostileOnes() {
        fleet.fold(new Traffic(HostileRecords.GOOD_NODE).block(1, 840_000), NOW);
        for (int i = 0; i < 100; i++) {
            NodeEvent event = NodeEvent.newBuilder().setNode("node-" + i).setNetwork("main").setObservedAtNs(-i).build();
            fleet.fold(event, Instant.ofEpochMilli(Long.MAX_VALUE));
        }
        assertThat(fleet.node(HostileRecords.GOOD_NODE, NOW)).get()
                .satisfies(node -> assertThat(node.row().tip().height()).isEqualTo(840_000));
    }

    @Test
    void hostileAlertsAreRefusedOrShown() throws Exception {
        Deserializer<Alert> alerts = new AlertSerde().deserializer();
        AlertBook book = new AlertBook();
        Random random = new Random(20_261_128);
        byte[] good = AlertJson.write(SampleAlerts.flood("alice", NOW));
        int unreadable = 0;
        for (int i = 0; i < RECORDS; i++) {
            try {
                Alert alert = alerts.deserialize("", mutated(good, random));
                if (alert != null) {
                    book.fold(alert);
                }
            } catch (SerializationException e) {
                unreadable++;
            }
        }
        assertThat(unreadable).isPositive();
        assertThat(json.writeValueAsString(book.view()).length()).isLessThan(MOST_JSON);
    }

    /** Some of its letters and digits changed, a part left out or doubled. */
    private static byte[] mutated(byte[] good, Random random) {
        StringBuilder text = new StringBuilder(new String(good, StandardCharsets.UTF_8));
        String pieces = "{}[]\",:0123456789-+eE.nulltrueTZ\\u0000 \u202e";
        for (int i = random.nextInt(4); i >= 0 && text.length() > 1; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, pieces.charAt(random.nextInt(pieces.length())));
                case 2 -> text.setLength(Math.max(1, at));
                default -> text.setCharAt(at, pieces.charAt(random.nextInt(pieces.length())));
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private int shown() throws Exception {
        FleetView view = fleet.view();
        int length = json.writeValueAsString(view).length();
        for (NodeRow row : view.nodes().subList(0, Math.min(20, view.nodes().size()))) {
            length += json.writeValueAsString(fleet.node(row.name(), NOW).orElseThrow()).length();
        }
        return length;
    }
}
