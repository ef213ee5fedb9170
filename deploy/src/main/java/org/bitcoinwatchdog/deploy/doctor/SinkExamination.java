package org.bitcoinwatchdog.deploy.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.LastDeliveries;
import org.bitcoinwatchdog.alerts.SinkProbe;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.doctor.Doctor.DoctorCheck;
import org.bitcoinwatchdog.deploy.run.KafkaConnection;

/** Whether each sink's secrets can be read and its host can be connected to, and when it last took something. */
final class SinkExamination implements DoctorCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WatchdogConfiguration configuration;

    SinkExamination(WatchdogConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public List<DoctorFinding> findings() {
        AlertSettings settings = configuration.alerts();
        if (settings.sinks().isEmpty()) {
            return List.of(DoctorFinding.warn("sinks", "none: no one is notified of alerts", "add one to alerts.sinks"));
        }
        Optional<Map<String, Instant>> last = lastDeliveries();
        return new SinkProbe(settings).reach().stream().map(answer -> finding(answer, last)).toList();
    }

    /** Known where Kafka runs; that it does not is another examination's finding. */
    private Optional<Map<String, Instant>> lastDeliveries() {
        return KafkaConnection.running(configuration).flatMap(running -> {
            try (KafkaConnection kafka = running) {
                return LastDeliveries.read(kafka.clientProperties(), PATIENCE);
            }
        });
    }

    private static DoctorFinding finding(SinkProbe.ProbeResult answer, Optional<Map<String, Instant>> last) {
        String subject = "sink " + answer.sink();
        return answer.good()
                ? DoctorFinding.ok(subject, "can be reached" + lastSuccess(answer.sink(), last))
                : DoctorFinding.obstacle(subject, answer.detail() + lastSuccess(answer.sink(), last), "see alerts.sinks");
    }

    private static String lastSuccess(String sink, Optional<Map<String, Instant>> last) {
        return last.map(times -> times.containsKey(sink) ? ", last success " + times.get(sink) : ", nothing was delivered yet")
                .orElse("");
    }
}
