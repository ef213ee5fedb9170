package org.bitcoinwatchdog.deploy.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.doctor.Doctor.DoctorCheck;
import org.bitcoinwatchdog.deploy.run.KafkaConnection;
import org.bitcoinwatchdog.deploy.topics.TopicAdmin.KafkaUnavailable;
import org.bitcoinwatchdog.deploy.topics.TopicAdmin;
import org.bitcoinwatchdog.deploy.topics.TopicPlan;

/** Whether Kafka answers and has the topics. */
final class KafkaExamination implements DoctorCheck {
    private final WatchdogConfiguration configuration;

    KafkaExamination(WatchdogConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public List<DoctorFinding> findings() {
        Optional<KafkaConnection> running = KafkaConnection.running(configuration);
        if (running.isEmpty()) {
            return List.of(DoctorFinding.ok("kafka", "kafka.bootstrap.servers is not set; watchdog up starts a broker of its own"));
        }
        String servers = running.get().bootstrapServers();
        try (KafkaConnection kafka = running.get(); TopicAdmin topics = new TopicAdmin(kafka.clientProperties())) {
            List<DoctorFinding> findings = new ArrayList<>();
            TopicPlan plan = topics.plan(configuration.topics());
            List<String> differences = topics.differences(plan);
            findings.add(DoctorFinding.ok("kafka", servers + " answers"));
            differences.forEach(difference -> findings.add(DoctorFinding.warn("topic", difference, "watchdog topics create")));
            topics.fewerCopies(plan, configuration.detectors().streams().applicationId()).forEach(fewer ->
                    findings.add(DoctorFinding.warn("topic", fewer, "kafka-reassign-partitions.sh")));
            return findings;
        } catch (KafkaUnavailable e) {
            return List.of(DoctorFinding.obstacle("kafka", servers + ": " + e.getMessage(), "see kafka.bootstrap.servers"));
        }
    }
}
