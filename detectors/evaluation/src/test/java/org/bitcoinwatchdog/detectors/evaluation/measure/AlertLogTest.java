package org.bitcoinwatchdog.detectors.evaluation.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.evaluation.measure.AlertLog.Episode;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.Test;

class AlertLogTest {
    private final AlertLog log = new AlertLog();

    @Test
    void anAlertIsOneEpisodeHoweverOftenItIsWritten() {
        log.alert(alert(AlertStatus.FIRING, "warn"), 100);
        log.alert(alert(AlertStatus.FIRING, "warn"), 160);
        log.alert(alert(AlertStatus.FIRING, "page"), 200);
        log.alert(alert(AlertStatus.FIRING, "warn"), 300);
        log.alert(alert(AlertStatus.RESOLVED, "warn"), 400);

        assertThat(log.episodes()).singleElement().satisfies(episode -> {
            assertThat(episode.severity()).isEqualTo(Severity.PAGE);
            assertThat(episode.beginUs()).isEqualTo(100);
            assertThat(episode.pageUs()).isEqualTo(200);
            assertThat(episode.endUs()).isEqualTo(400);
        });
    }

    @Test
    void oneThatNeverEndsIsAnEpisodeToo() {
        log.alert(alert(AlertStatus.FIRING, "page"), 100);

        assertThat(log.episodes()).singleElement().matches(episode -> !episode.resolved() && episode.pageUs() == 100);
    }

    @Test
    void aBaselineNeitherPagesNorMixesWithAlerts() {
        log.alarm("LowPeers", "node-0", true, 100);
        log.alert(alert(AlertStatus.FIRING, "page"), 120);
        log.alarm("LowPeers", "node-0", false, 200);

        assertThat(log.episodes()).hasSize(2).filteredOn(Episode::baseline)
                .singleElement().matches(episode -> episode.endUs() == 200 && episode.pageUs() < 0);
    }

    private static Alert alert(AlertStatus status, String severity) {
        Instant now = Instant.ofEpochSecond(1);
        return new Alert(status, new TreeMap<>(Map.of(Alert.ALERTNAME, "LowPeers", Alert.NODE, "node-0", Alert.SEVERITY, severity)),
                new TreeMap<>(), now, now, status == AlertStatus.RESOLVED ? now : null, null, null);
    }
}
