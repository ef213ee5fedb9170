package org.bitcoinwatchdog.detectors.broker;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.bitcoinwatchdog.detectors.DetectionService;
import org.bitcoinwatchdog.detectors.DetectorSettings;

/** The detectors in a process of their own, which a test can kill. Ends with its standard input. */
final class DetectorsMain {
    private DetectorsMain() {
    }

    public static void main(String[] args) throws Exception {
        DetectorSettings settings = DetectorSettings.defaults();
        DetectionService service = new DetectionService(settings, Map.of(
                "bootstrap.servers", args[0],
                "state.dir", args[1],
                // A killed process is noticed after this, and not after the default of 45 seconds.
                "session.timeout.ms", (int) Duration.ofSeconds(6).toMillis(),
                "heartbeat.interval.ms", 1_000,
                "transaction.timeout.ms", (int) Duration.ofSeconds(10).toMillis()), new SimpleMeterRegistry());
        service.start();
        System.in.transferTo(System.out);
        Runtime.getRuntime().halt(0);
    }
}
