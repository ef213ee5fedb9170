package org.bitcoinwatchdog.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.streams.Topology;
import org.bitcoinwatchdog.detectors.topology.Counts;
import org.bitcoinwatchdog.detectors.topology.TopologyRun;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DetectionTopologyTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Counts counts = new Counts(meters);
    private final TopologyRun run = new TopologyRun(DetectionTopology.build(DetectorSettings.defaults(), counts), counts);
    private final TestNode alice = new TestNode("alice", run::on);

    @AfterEach
    void stop() {
        run.close();
    }

    private double counted(String outcome) {
        return meters.counter("watchdog.detectors.events", "outcome", outcome).count();
    }

    @Test
    void everythingThatKafkaKeepsHasAnExplicitName() {
        Topology topology = DetectionTopology.build(DetectorSettings.defaults());

        assertThat(topology.describe().toString())
                .contains("node-events", "watch-nodes", "node-watches", "digests-by-network-repartition", "watch-fleets",
                        "fleet-watches", "node-digests", "alerts")
                .doesNotContain("KSTREAM", "STATE-STORE");
    }

    @Test
    void anAlertIsKeyedByItsFingerprint() {
        alice.started().opens(1, "44.0.0.1:8333", TestNode.FULL_RELAY).opens(2, "44.0.0.2:8333", TestNode.FULL_RELAY);

        assertThat(run.alerts()).singleElement()
                .satisfies(record -> assertThat(record.key()).isEqualTo(record.value().fingerprint()));
    }

    @Test
    void aDigestIsWrittenEachSecondAndAtEachNewTip() {
        alice.started().connects(100).waits(Duration.ofMinutes(31));
        assertThat(run.digests()).hasSize(1 + 31 * 60);

        alice.opens(1, "44.0.0.1:8333", TestNode.FULL_RELAY).connects(101);
        NodeDigest digest = run.digests().get(0).value();
        assertThat(digest.getTip().getHeight()).isEqualTo(101);
        assertThat(digest.getCatchingUp()).isFalse();
        assertThat(digest.getOutboundPeers()).isEqualTo(1);
        assertThat(digest.getScoresList()).extracting("rule").contains("address-flood", "outbound-concentration");
    }

    @Test
    void fleetRulesWorkThroughTheRepartitionTopic() {
        TestNode bob = new TestNode("bob", run::on);
        TestFleet fleet = new TestFleet(alice, bob);
        alice.connects(100);
        bob.connects(100);
        fleet.waits(Duration.ofMinutes(31));
        bob.connects(101);
        fleet.waits(Duration.ofSeconds(62));

        assertThat(run.alerts()).singleElement()
                .satisfies(record -> assertThat(record.value().labels()).containsEntry("alertname", "FleetLag"));
    }

    @Test
    void whatCanNotBeReadIsADeadLetterAndLosesNothingElse() {
        alice.started();
        byte[] poison = "no event".getBytes(StandardCharsets.UTF_8);
        run.raw("alice".getBytes(StandardCharsets.UTF_8), poison);
        alice.opens(1, "44.0.0.1:8333", TestNode.FULL_RELAY).opens(2, "44.0.0.2:8333", TestNode.FULL_RELAY);

        assertThat(run.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.value()).isEqualTo(poison);
            assertThat(new String(letter.headers().lastHeader("dead-letter-offset").value(), StandardCharsets.UTF_8)).isEqualTo("1");
        });
        assertThat(counted("dead-letter")).isEqualTo(1);
        assertThat(run.alerts()).hasSize(1);
    }

    @Test
    void everyEventIsCountedOnce() {
        NodeEvent[] last = new NodeEvent[1];
        TestNode node = new TestNode("alice", event -> {
            last[0] = event;
            run.on(event);
        }).started().waits(Duration.ofSeconds(9));
        run.on(last[0]);
        run.on(NodeEvent.getDefaultInstance());
        NodeEvent earlier = last[0];
        node.agentRestartedAfter(Duration.ofSeconds(1));
        run.on(earlier);

        assertThat(counted("new")).isEqualTo(11);
        assertThat(counted("duplicate")).isEqualTo(1);
        assertThat(counted("unnamed")).isEqualTo(1);
        assertThat(counted("outdated")).isEqualTo(1);
    }

    @Test
    void refusesAnAsmapThatIsNoneByName() {
        Path missing = Path.of("no-such-asmap");
        DetectorSettings settings = DetectorSettings.defaults().withAsmap(missing);

        assertThatThrownBy(() -> DetectionTopology.build(settings))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no-such-asmap");
    }
}
