package org.bitcoinwatchdog.deploy.run;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.agent.Agent;
import org.bitcoinwatchdog.alerts.AlertService;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.http.MonitoringServer;
import org.bitcoinwatchdog.deploy.http.ReadinessCheck;
import org.bitcoinwatchdog.detectors.DetectionService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of the watchdog that run in this process, wired to one Kafka and one registry of metrics. */
public final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final WatchdogConfiguration configuration;
    private final KafkaConnection kafka;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<ReadinessCheck> checks = new ArrayList<>();
    private final OpenParts open = new OpenParts();

    /** @param kafka closed after the parts */
    public Parts(WatchdogConfiguration configuration, KafkaConnection kafka) {
        this.configuration = configuration;
        this.kafka = open.add(kafka);
        new JvmMemoryMetrics().bindTo(registry);
        open.add(new JvmGcMetrics()).bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        checks.add(new ReadinessCheck("kafka", () ->
                kafka.ended().isDone() ? Optional.of("the embedded broker has ended") : Optional.empty()));
    }

    /** Creates the topics that do not exist yet. */
    public void prepareTopics() {
        kafka.prepareTopics();
    }

    public void startAgent() {
        Path state = configuration.stateDir().resolve("agent");
        open.add(new Agent(configuration.agent(), kafka.clientProperties(), state, registry)).start();
        LOG.info("agent started");
    }

    public void startDetectors() {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.putIfAbsent("state.dir", configuration.stateDir().resolve("detectors").toString());
        open.add(new DetectionService(configuration.detectors(), properties, registry)).start();
        LOG.info("detectors started");
    }

    public void startAlerts() {
        open.add(new AlertService(configuration.alerts(), kafka.clientProperties(), registry)).start();
        LOG.info("alert worker started, {} sinks", configuration.alerts().sinks().size());
    }

    /** Serves metrics and health of what was started before. */
    public void startMonitoring() {
        try {
            MonitoringServer server = open.add(new MonitoringServer(configuration.http(), registry, checks));
            server.start();
            LOG.info("http://{}:{}/metrics, /healthz and /readyz",
                    configuration.http().host(), server.address().getPort());
        } catch (IOException e) {
            throw new PartFailure("http.listen " + configuration.http().listen() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        open.close();
        registry.close();
    }
}
