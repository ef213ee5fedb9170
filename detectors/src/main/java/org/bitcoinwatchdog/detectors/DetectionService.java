package org.bitcoinwatchdog.detectors;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;

/** The detectors on Kafka Streams. */
public final class DetectionService implements AutoCloseable {
    public DetectionService(DetectorSettings settings, Map<String, Object> streamsProperties, MeterRegistry meters) {
    }

    public void start() {
    }

    @Override
    public void close() {
    }
}
