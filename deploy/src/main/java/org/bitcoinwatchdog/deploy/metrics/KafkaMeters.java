package org.bitcoinwatchdog.deploy.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/**
 * A few of the hundreds of metrics of each Kafka client, under the names that Micrometer's own binder gives them. Kafka
 * makes one of these for each client and tells it what comes and goes, so that clients which are replaced leave nothing
 * behind, and no thread polls them as the binder's does.
 */
public final class KafkaMeters implements MetricsReporter {
    /** Under this configuration key the {@link MeterRegistry} is passed. */
    public static final String REGISTRY = "watchdog.meter.registry";

    /** Group and name. All are of a whole client or thread, none of a topic or partition. */
    private static final Set<String> TOLD = Set.of(
            "producer-metrics record-send-total",
            "producer-metrics record-error-total",
            "producer-metrics record-retry-total",
            "producer-metrics record-queue-time-avg",
            "producer-metrics request-latency-avg",
            "producer-metrics buffer-available-bytes",
            "consumer-fetch-manager-metrics records-consumed-total",
            "consumer-fetch-manager-metrics records-lag-max",
            "consumer-fetch-manager-metrics fetch-latency-avg",
            "consumer-coordinator-metrics assigned-partitions",
            "consumer-coordinator-metrics rebalance-total",
            "consumer-coordinator-metrics failed-rebalance-total",
            "stream-metrics alive-stream-threads",
            "stream-metrics failed-stream-threads",
            "stream-thread-metrics process-rate",
            "stream-thread-metrics process-latency-avg",
            "stream-thread-metrics commit-latency-avg");
    private static final Set<String> CLIENT_LABELS = Set.of("client-id", "thread-id", "process-id", "application-id",
            "subtopology-id");
    /** Kafka Streams puts one into each client's id, another at each start. */
    private static final String UUID = "-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final Map<MetricName, Meter> told = new ConcurrentHashMap<>();
    private MeterRegistry registry;

    @Override
    public void configure(Map<String, ?> configs) {
        registry = (MeterRegistry) configs.get(REGISTRY);
    }

    @Override
    public void init(List<KafkaMetric> metrics) {
        metrics.forEach(this::metricChange);
    }

    @Override
    public void metricChange(KafkaMetric metric) {
        MetricName name = metric.metricName();
        if (registry != null && TOLD.contains(name.group() + " " + name.name())
                && CLIENT_LABELS.containsAll(name.tags().keySet())) {
            told.computeIfAbsent(name, absent -> register(metric));
        }
    }

    @Override
    public void metricRemoval(KafkaMetric metric) {
        Meter meter = told.remove(metric.metricName());
        if (meter != null) {
            registry.remove(meter);
        }
    }

    @Override
    public void close() {
        told.values().forEach(meter -> registry.remove(meter)); // absent if it was not configured
        told.clear();
    }

    private Meter register(KafkaMetric metric) {
        MetricName name = metric.metricName();
        String meter = "kafka." + name.group().replaceAll("-metrics$", "").replace('-', '.') + "."
                + name.name().replace('-', '.');
        Tags client = Tags.of("client_id", name.tags().getOrDefault("thread-id", name.tags().getOrDefault("client-id", ""))
                .replaceAll(UUID, ""));
        return name.name().endsWith("-total")
                ? FunctionCounter.builder(meter, metric, KafkaMeters::value).description(name.description()).tags(client)
                        .register(registry)
                : Gauge.builder(meter, metric, KafkaMeters::value).description(name.description()).tags(client)
                        .strongReference(true).register(registry);
    }

    private static double value(KafkaMetric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
