package org.bitcoinwatchdog.detectors.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bitcoinwatchdog.detectors.DetectionTopology;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.RandomTraffic;
import org.bitcoinwatchdog.detectors.consensus.MandatorySignalling;
import org.bitcoinwatchdog.detectors.node.Deployment;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.ChainStatus;
import org.bitcoinwatchdog.events.ChainStatus.Verdict;
import org.bitcoinwatchdog.events.NodeEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The topology and the offline replay give the same alerts, with any number of restarts. */
class RestartTest {
    private static final int MINUTES = 180;
    private static final DetectorSettings SETTINGS = DetectorSettings.defaults().with(new MandatorySignalling.Settings(
            true, 8, List.of(new Deployment("soon", 4, 9, 10, 100, 115)), Duration.ofMinutes(10)));

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aTopologyThatIsRecreatedFromItsChangelogsGivesTheSameAlerts(long seed) {
        List<NodeEvent> events = RandomTraffic.of(seed, MINUTES);
        List<ChainStatus> uninterruptedStatuses = new ArrayList<>();
        List<Alert> uninterrupted = offline(events, uninterruptedStatuses);

        List<Alert> interrupted = new ArrayList<>();
        List<ChainStatus> statuses = new ArrayList<>();
        Map<String, Map<String, byte[]>> changelogs = Map.of();
        for (int from = 0; from < events.size(); from += 997) {
            try (TopologyRun run = new TopologyRun(DetectionTopology.build(SETTINGS)).restored(changelogs)) {
                events.subList(from, Math.min(from + 997, events.size())).forEach(run::on);
                run.alerts().forEach(record -> interrupted.add(record.value()));
                run.statuses().forEach(record -> statuses.add(record.value()));
                changelogs = run.changelogs();
            }
        }

        assertThat(interrupted).isEqualTo(uninterrupted);
        assertThat(last(statuses)).usingRecursiveComparison().ignoringFields("since", "updatedAt", "validUntil") // by the host's clock
                .isEqualTo(last(uninterruptedStatuses));
    }

    @Test
    void theTrafficMakesRulesOfAllKindsSpeakAndEnd() {
        TreeSet<String> told = new TreeSet<>();
        List<ChainStatus> statuses = new ArrayList<>();
        offline(RandomTraffic.of(1, MINUTES), statuses).forEach(alert ->
                told.add(alert.labels().get(Alert.ALERTNAME) + " " + alert.status()));

        assertThat(told).contains("FleetLag FIRING", "FleetLag RESOLVED", "AnnouncedNotConnected FIRING",
                "AnnouncedNotConnected RESOLVED", "AddressFlood FIRING", "AddressFlood RESOLVED",
                "OutboundConcentration FIRING", "InboundConcentration FIRING", "MisbehavingPeers FIRING", "MisbehavingPeers RESOLVED",
                "UtxoFlush FIRING", "PingFlood FIRING", "PingFlood RESOLVED",
                "ForkBranch FIRING", "MandatorySignalling FIRING", "MandatorySignalling RESOLVED");
        assertThat(statuses).extracting(ChainStatus::verdict).contains(Verdict.UNKNOWN, Verdict.OK, Verdict.HOLD);
    }

    @Test
    void theStateOfANodeIsSmall() {
        List<NodeEvent> events = RandomTraffic.of(3, 60);
        try (TopologyRun run = new TopologyRun(DetectionTopology.build(DetectorSettings.defaults()))) {
            events.forEach(run::on);

            int bytes = run.changelogs().get(WatchNodes.STORE).entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith("node-0\0")).mapToInt(entry -> entry.getValue().length).sum();
            assertThat(bytes).isBetween(1_000, 16 * 1024); // 40 peers; 64 KiB is the most at 125
        }
    }

    private static ChainStatus last(List<ChainStatus> statuses) {
        return statuses.get(statuses.size() - 1);
    }

    private static List<Alert> offline(List<NodeEvent> events, List<ChainStatus> statuses) {
        List<Alert> alerts = new ArrayList<>();
        OfflineDetection detection = new OfflineDetection(SETTINGS, alerts::add).withDeposits(statuses::add);
        events.forEach(detection::on);
        return alerts;
    }
}
