package org.bitcoinwatchdog.detectors.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.streams.test.TestRecord;
import org.bitcoinwatchdog.detectors.DetectionTopologyAccess;
import org.bitcoinwatchdog.detectors.TestFleet;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeUnfollowed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnfollowedTest {
    private static final long PROMPT_SINCE_NS = 1;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Counts counts = new Counts(meters);
    private final TopologyRun run = new TopologyRun(
            DetectionTopologyAccess.build(counts, partition -> OptionalLong.of(PROMPT_SINCE_NS)), counts, TestNode.BEGIN);
    private final TestNode alice = new TestNode("alice", run::on);
    private final TestNode bob = new TestNode("bob", run::on);
    private final List<String> changes = new ArrayList<>();

    @AfterEach
    void stop() {
        run.close();
    }

    private static void unfollow(TestNode node) {
        node.does(event -> event.setEpoch(1).setSequence(0).setNodeUnfollowed(
                NodeUnfollowed.newBuilder().setCause(NodeUnfollowed.Cause.CAUSE_FORGOTTEN)));
    }

    private List<String> changes() {
        for (TestRecord<String, Alert> record : run.alerts()) {
            Alert alert = record.value();
            String line = alert.labels().get(Alert.ALERTNAME) + " " + alert.labels().getOrDefault(Alert.NODE, "fleet")
                    + (alert.firing() ? " firing" : " resolved");
            boolean ofTheDriversClock = line.startsWith("HostClock");
            if (!changes.contains(line) && !ofTheDriversClock) {
                changes.add(line);
            }
        }
        return changes;
    }

    @Test
    void everyAlertAboutTheNodeEndsAndItsStateIsGone() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob);
        alice.opens(1, "44.0.0.1:8333", TestNode.FULL_RELAY).opens(2, "44.0.0.2:8333", TestNode.FULL_RELAY);
        bob.connects(101);
        fleet.waits(Duration.ofSeconds(65));
        assertThat(changes()).containsExactlyInAnyOrder(
                "OutboundConcentration alice firing", "FleetLag alice firing", "Eclipse alice firing");

        unfollow(alice);

        assertThat(changes()).contains(
                "OutboundConcentration alice resolved", "FleetLag alice resolved", "Eclipse alice resolved");
        List<NodeDigest> digests = run.digests().stream().map(TestRecord::value).toList();
        assertThat(digests.get(digests.size() - 1).getUnfollowed()).isTrue();
        run.changelogs().values().forEach(keys -> assertThat(keys.keySet()).noneMatch(key -> key.contains("alice")));
    }

    @Test
    void nothingIsExpectedOfItAfterwards() {
        alice.started().waits(Duration.ofSeconds(5));
        alice.stopped();
        run.waits(Duration.ofSeconds(70));
        assertThat(changes()).containsExactly("NodeSilent alice firing");

        unfollow(alice);
        alice.connects(7); // it was in transit
        run.waits(Duration.ofMinutes(5));

        assertThat(changes()).containsExactly("NodeSilent alice firing", "NodeSilent alice resolved");
        assertThat(meters.counter("watchdog.detectors.events", "outcome", "unfollowed").count()).isEqualTo(1);
    }

    @Test
    void aSignOfLifeMakesItKnownAgain() {
        alice.started().waits(Duration.ofSeconds(5));
        unfollow(alice);
        run.digests();
        alice.agentRestartedAfter(Duration.ofHours(1)).waits(Duration.ofSeconds(2));

        assertThat(run.digests()).isNotEmpty().noneMatch(record -> record.value().getUnfollowed());
        run.waits(Duration.ofSeconds(70));
        assertThat(changes()).containsExactly("AgentSilent alice firing");
    }

    @Test
    void alertsAboutTheFleetEndWithItsLastNode() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob);
        for (int block = 101; block <= 103; block++) {
            alice.connects(block);
            bob.connects(block + 1_000, block);
            fleet.waits(Duration.ofMinutes(6));
        }
        assertThat(changes()).containsExactly("FleetSplit fleet firing");

        unfollow(alice);
        unfollow(bob);

        assertThat(changes()).containsExactly("FleetSplit fleet firing", "FleetSplit fleet resolved");
    }

    @Test
    void aNodeThatChangesItsNetworkEndsOnTheOldOne() {
        TestFleet.atTheTip(alice, bob);
        alice.opens(1, "44.0.0.1:8333", TestNode.FULL_RELAY).opens(2, "44.0.0.2:8333", TestNode.FULL_RELAY);
        changes();
        run.digests();

        new TestNode("alice", "signet_0123abcd", run::on).leaps(Duration.ofHours(2)).agentRestartedAfter(Duration.ZERO);

        assertThat(changes()).contains("OutboundConcentration alice resolved");
        assertThat(run.digests()).extracting(record -> record.value().getNetwork() + " " + record.value().getUnfollowed())
                .containsExactly("main true", "signet_0123abcd false");
    }
}
