package org.bitcoinwatchdog.deploy.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.http.HealthChecks;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.bitcoinwatchdog.deploy.http.MonitoringPages;
import org.bitcoinwatchdog.deploy.http.WebServer;
import org.junit.jupiter.api.Test;

class RunningExaminationTest {
    @Test
    void thatNoWatchdogRunsIsNoFinding() {
        assertThat(new RunningExamination(new HttpSettings("127.0.0.1:1")).findings()).isEmpty();
    }

    @Test
    void whatTheRunningWatchdogWaitsForIsAnObstacle() throws Exception {
        HttpSettings settings = new HttpSettings("127.0.0.1:0");
        HealthChecks checks = new HealthChecks();
        checks.readiness("agent", () -> Optional.of("Kafka refuses events of alice, which are lost: too large"));
        try (WebServer server = new WebServer(settings)) {
            new MonitoringPages(settings, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), checks).mount(server);
            server.start();
            assertThat(new RunningExamination(new HttpSettings("127.0.0.1:" + server.address().getPort())).findings())
                    .singleElement().satisfies(finding -> {
                        assertThat(finding.health()).isEqualTo(DoctorFinding.Health.OBSTACLE);
                        assertThat(finding.detail()).contains("Kafka refuses events of alice, which are lost: too large");
                    });
        }
    }
}
