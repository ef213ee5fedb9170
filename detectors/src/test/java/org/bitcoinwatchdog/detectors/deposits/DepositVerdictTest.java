package org.bitcoinwatchdog.detectors.deposits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestFleet;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.ChainStatus;
import org.bitcoinwatchdog.events.ChainStatus.Verdict;
import org.bitcoinwatchdog.events.NodeEvent;
import org.junit.jupiter.api.Test;

class DepositVerdictTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AlertLog alerts = new AlertLog();
    private final List<ChainStatus> statuses = new ArrayList<>();
    private OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts).withDeposits(statuses::add);
    private final TestNode alice = new TestNode("alice", event -> detection.on(event));
    private final TestNode bob = new TestNode("bob", event -> detection.on(event));
    private final TestNode explorer = new TestNode("explorer", event -> detection.on(asWitness(event)));

    private static NodeEvent asWitness(NodeEvent event) {
        NodeEvent.Builder marked = event.toBuilder().setWitness(true);
        if (marked.hasHeartbeat()) {
            marked.getHeartbeatBuilder().setWitnessAnsweredAtNs(event.getObservedAtNs());
        }
        return marked.build();
    }

    private ChainStatus last() {
        return statuses.get(statuses.size() - 1);
    }

    @Test
    void isUnknownUntilTwoViewsAreAtTheTipAndThenOk() {
        TestFleet fleet = new TestFleet(alice, bob);
        alice.connects(100);
        bob.connects(100);
        fleet.waits(SECOND);
        assertThat(last().verdict()).isEqualTo(Verdict.UNKNOWN);
        fleet.waits(Duration.ofMinutes(31));

        ChainStatus status = last();
        assertThat(status.verdict()).isEqualTo(Verdict.OK);
        assertThat(status.confirmations()).isEqualTo(6);
        assertThat(status.reasons()).isEmpty();
        assertThat(status.nodes().get(Verdict.OK)).containsExactly("alice", "bob");
        assertThat(status.validUntil()).isEqualTo(status.updatedAt().plus(ChainStatus.VALID));
    }

    @Test
    void aDeepReorganizationOfOneNodeHoldsTheNetwork() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob);
        alice.connects(101).connects(102);
        bob.connects(101).connects(102);
        fleet.waits(SECOND);
        alice.connects(1101, 101).connects(1102, 102).connects(1103, 103);
        fleet.waits(SECOND.multipliedBy(2));

        ChainStatus status = last();
        assertThat(status.verdict()).isEqualTo(Verdict.HOLD);
        assertThat(status.confirmations()).isEqualTo(DepositEffect.MANY);
        assertThat(status.nodes().get(Verdict.HOLD)).containsExactly("alice");
        assertThat(status.nodes().get(Verdict.OK)).containsExactly("bob");
        assertThat(status.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.node()).isEqualTo("alice");
            assertThat(reason.alert().alertname()).isEqualTo("Reorg");
            assertThat(reason.alert().runbookUrl()).endsWith("#reorg");
            assertThat(alerts.all()).extracting(Alert::fingerprint).contains(reason.alert().fingerprint());
        });
    }

    @Test
    void oneNodeAloneIsTooFewUnlessTheSettingsSayOtherwise() {
        TestFleet.atTheTip(alice);
        assertThat(last().verdict()).isEqualTo(Verdict.UNKNOWN);

        detection = new OfflineDetection(DetectorSettings.defaults().withDeposits(new DepositSettings(3, 1)), alerts).withDeposits(statuses::add);
        TestFleet.atTheTip(new TestNode("alice", event -> detection.on(event)));
        ChainStatus status = last();
        assertThat(status.verdict()).isEqualTo(Verdict.OK);
        assertThat(status.confirmations()).isEqualTo(3);
    }

    @Test
    void aNodeThatLagsHoldsTheNetworkOnlyIfNoOtherNodeIsFree() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, explorer);
        assertThat(last()).returns(Verdict.OK, ChainStatus::verdict).returns(List.of("explorer"), ChainStatus::witnesses);

        alice.connects(101);
        explorer.connects(101);
        fleet.waits(Duration.ofSeconds(63));
        ChainStatus status = last();
        assertThat(status.verdict()).isEqualTo(Verdict.OK);
        assertThat(status.nodes().get(Verdict.HOLD)).containsExactly("bob");
        assertThat(status.reasons()).extracting(reason -> reason.alert().alertname()).contains("FleetLag");
    }

    @Test
    void theOnlyNodeThatLagsHoldsTheNetwork() {
        TestFleet fleet = TestFleet.atTheTip(alice, explorer);
        explorer.connects(101);
        fleet.waits(Duration.ofSeconds(63));
        assertThat(last()).returns(Verdict.HOLD, ChainStatus::verdict);
    }
}
