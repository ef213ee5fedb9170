package org.bitcoinwatchdog.alerts.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.TreeMap;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.Test;

class FiringAlertsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final FiringAlerts firing = new FiringAlerts(registry);

    @Test
    void countsFiringAlertsByRuleSeverityAndNode() {
        firing.on(Alerts.firing("alice"), 0);
        firing.on(about(Alerts.firing("alice"), "203.0.113.7:8333"), 3);
        firing.on(Alerts.firing("bob"), 1);
        assertThat(gauge("alice", "page")).isEqualTo(2);
        assertThat(gauge("bob", "page")).isEqualTo(1);
    }

    @Test
    void aRefreshedAlertIsStillOne() {
        firing.on(Alerts.firing("alice"), 0);
        firing.on(Alerts.refreshed(Alerts.firing("alice"), 60), 0);
        assertThat(gauge("alice", "page")).isEqualTo(1);
    }

    @Test
    void followsAChangeOfSeverity() {
        firing.on(Alerts.firing("alice"), 0);
        firing.on(Alerts.withSeverity(Alerts.firing("alice"), Severity.WARN), 0);
        assertThat(registry.getMeters()).hasSize(1);
        assertThat(gauge("alice", "warn")).isEqualTo(1);
    }

    @Test
    void nothingIsLeftOfAnAlertThatResolved() {
        firing.on(Alerts.firing("alice"), 0);
        firing.on(Alerts.resolved(Alerts.firing("alice")), 0);
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void forgetsAPartitionThatAnotherWorkerReads() {
        firing.on(Alerts.firing("alice"), 0);
        firing.on(Alerts.firing("bob"), 1);
        firing.forget(0);
        assertThat(registry.getMeters()).extracting(meter -> meter.getId().getTag("node")).containsExactly("bob");
    }

    @Test
    void textOfAPeerIsNotALabel() {
        firing.on(about(Alerts.firing("alice"), "203.0.113.7:8333"), 0);
        assertThat(registry.getMeters()).noneMatch(meter -> meter.getId().toString().contains("203.0.113"));
    }

    private double gauge(String node, String severity) {
        return registry.get("watchdog.alerts.firing").tags("alertname", "AddressFlood", "severity", severity,
                "node", node, "network", "main").gauge().value();
    }

    private static Alert about(Alert alert, String subject) {
        TreeMap<String, String> labels = new TreeMap<>(alert.labels());
        labels.put(Alert.SUBJECT, subject);
        return new Alert(alert.status(), labels, alert.annotations(), alert.startsAt(), alert.updatedAt(),
                alert.endsAt(), null, alert.evidence());
    }
}
