package org.bitcoinwatchdog.deploy.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;

/** Checks everything that the watchdog depends on: what can be traced here, and what to fix. */
public final class Doctor {
    private final List<DoctorCheck> examinations;

    /** @param bitcoind looked at instead of the nodes that run */
    public Doctor(WatchdogConfiguration configuration, Optional<Path> bitcoind) {
        examinations = List.of(
                new KernelExamination(),
                new NodeExamination(configuration.agent().nodes(), bitcoind),
                new KafkaExamination(configuration),
                new RunningExamination(configuration.http()),
                new SinkExamination(configuration));
    }

    public List<DoctorFinding> examine() {
        return examinations.stream().flatMap(examination -> examination.findings().stream()).toList();
    }

    /** Looks at one thing that the watchdog depends on. */
    interface DoctorCheck {
        List<DoctorFinding> findings();
    }
}
