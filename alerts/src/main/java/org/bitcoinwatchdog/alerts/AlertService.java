package org.bitcoinwatchdog.alerts;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Objects;

/** One alert worker: reads {@code watchdog.alerts} and tells the sinks. Several share the topic's partitions. */
public final class AlertService implements AutoCloseable {
    /**
     * @param kafkaProperties {@code bootstrap.servers} and whatever the connection needs
     */
    public AlertService(AlertSettings settings, Map<String, Object> kafkaProperties, MeterRegistry meters) {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(kafkaProperties, "kafkaProperties");
        Objects.requireNonNull(meters, "meters");
    }

    public void start() {
        throw new UnsupportedOperationException("alerts are not delivered yet");
    }

    @Override
    public void close() {
    }
}
