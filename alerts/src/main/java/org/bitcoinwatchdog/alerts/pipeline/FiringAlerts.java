package org.bitcoinwatchdog.alerts.pipeline;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import org.bitcoinwatchdog.events.Alert;

/**
 * The firing alerts in the partitions of this worker, as one gauge for each rule, severity and node. Their subjects are only
 * counted, because a peer may have chosen them.
 */
final class FiringAlerts {
    private final MeterRegistry registry;
    private final Map<String, FiringEntry> byFingerprint = new HashMap<>();
    private final Map<Tags, FiringGauge> series = new HashMap<>();

    private record FiringEntry(int partition, FiringGauge series) {
    }

    /** One gauge. It is removed when none of its alerts fires. */
    private static final class FiringGauge {
        private final Tags labels;
        private final Meter meter;
        private volatile int firing;

        private FiringGauge(Tags labels, MeterRegistry registry) {
            this.labels = labels;
            this.meter = Gauge.builder("watchdog.alerts.firing", this, series -> series.firing)
                    .description("Firing alerts")
                    .tags(labels)
                    .register(registry);
        }
    }

    FiringAlerts(MeterRegistry registry) {
        this.registry = registry;
    }

    synchronized void on(Alert alert, int partition) {
        remove(byFingerprint.remove(alert.fingerprint()));
        if (alert.firing()) {
            FiringGauge ofLabels = series.computeIfAbsent(labels(alert), labels -> new FiringGauge(labels, registry));
            ofLabels.firing++;
            byFingerprint.put(alert.fingerprint(), new FiringEntry(partition, ofLabels));
        }
    }

    /** Another worker reads the partition now. */
    synchronized void forget(int partition) {
        byFingerprint.values().removeIf(firing -> {
            boolean gone = firing.partition == partition;
            if (gone) {
                remove(firing);
            }
            return gone;
        });
    }

    private void remove(FiringEntry gone) {
        if (gone != null && --gone.series.firing == 0) {
            registry.remove(gone.series.meter);
            series.remove(gone.series.labels);
        }
    }

    /** A fleet's alert has no node. */
    private static Tags labels(Alert alert) {
        return Tags.of(
                "alertname", alert.labels().getOrDefault(Alert.ALERTNAME, ""),
                "severity", alert.severity().label(),
                "node", alert.labels().getOrDefault(Alert.NODE, ""),
                "network", alert.labels().getOrDefault(Alert.NETWORK, ""));
    }
}
