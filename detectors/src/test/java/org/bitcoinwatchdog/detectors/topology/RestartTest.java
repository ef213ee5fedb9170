package org.bitcoinwatchdog.detectors.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bitcoinwatchdog.detectors.DetectionTopology;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.RandomTraffic;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.NodeEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The topology and the offline replay give the same alerts, with any number of restarts. */
class RestartTest {
    private static final int MINUTES = 180;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aTopologyThatIsRecreatedFromItsChangelogsGivesTheSameAlerts(long seed) {
        List<NodeEvent> events = RandomTraffic.of(seed, MINUTES);
        List<Alert> uninterrupted = offline(events);

        List<Alert> interrupted = new ArrayList<>();
        Map<String, Map<String, byte[]>> changelogs = Map.of();
        for (int from = 0; from < events.size(); from += 997) {
            try (TopologyRun run = new TopologyRun(DetectionTopology.build(DetectorSettings.defaults())).restored(changelogs)) {
                events.subList(from, Math.min(from + 997, events.size())).forEach(run::on);
                run.alerts().forEach(record -> interrupted.add(record.value()));
                changelogs = run.changelogs();
            }
        }

        assertThat(interrupted).isEqualTo(uninterrupted);
    }

    @Test
    void theTrafficMakesRulesOfAllKindsSpeakAndEnd() {
        TreeSet<String> told = new TreeSet<>();
        offline(RandomTraffic.of(1, MINUTES)).forEach(alert ->
                told.add(alert.labels().get(Alert.ALERTNAME) + " " + alert.status()));

        assertThat(told).contains("FleetLag FIRING", "FleetLag RESOLVED", "AnnouncedNotConnected FIRING",
                "AnnouncedNotConnected RESOLVED", "AddressFlood FIRING", "AddressFlood RESOLVED",
                "OutboundConcentration FIRING", "InboundConcentration FIRING", "MisbehavingPeers FIRING", "MisbehavingPeers RESOLVED",
                "UtxoFlush FIRING", "PingFlood FIRING", "PingFlood RESOLVED");
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

    private static List<Alert> offline(List<NodeEvent> events) {
        List<Alert> alerts = new ArrayList<>();
        OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts::add);
        events.forEach(detection::on);
        return alerts;
    }
}
