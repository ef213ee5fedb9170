package org.bitcoinwatchdog.deploy.run;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.bitcoinwatchdog.agent.Agent;
import org.bitcoinwatchdog.alerts.AlertService;
import org.bitcoinwatchdog.alerts.pipeline.AlertMeters.SinkState;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.console.Console;
import org.bitcoinwatchdog.deploy.console.model.AutonomousSystems;
import org.bitcoinwatchdog.deploy.http.HealthChecks;
import org.bitcoinwatchdog.deploy.http.MonitoringPages;
import org.bitcoinwatchdog.deploy.http.ReadinessCheck.ReadyState;
import org.bitcoinwatchdog.deploy.http.ReadinessCheck;
import org.bitcoinwatchdog.deploy.http.WebServer;
import org.bitcoinwatchdog.deploy.metrics.KafkaReachability;
import org.bitcoinwatchdog.deploy.metrics.ProcessMetrics;
import org.bitcoinwatchdog.deploy.resource.OpenParts;
import org.bitcoinwatchdog.deploy.text.Version;
import org.bitcoinwatchdog.detectors.DetectionService;
import org.bitcoinwatchdog.detectors.network.Asmap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of the watchdog that run in this process, wired to one Kafka and one registry of metrics. */
public final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final WatchdogConfiguration configuration;
    private final KafkaConnection kafka;
    private final ProcessMetrics metrics;
    private final Map<String, Object> clientProperties;
    private final HealthChecks checks = new HealthChecks();
    private final OpenParts open = new OpenParts();
    private final FaultWatch faults = open.add(new FaultWatch());
    private Optional<Console> console = Optional.empty();
    private Optional<URI> monitoring = Optional.empty();

    /** @param kafka closed after the parts */
    public Parts(WatchdogConfiguration configuration, KafkaConnection kafka) {
        this.configuration = configuration;
        this.kafka = open.add(kafka);
        this.metrics = open.add(new ProcessMetrics(Version.TEXT));
        this.clientProperties = metrics.reported(kafka.clientProperties());
        KafkaReachability reachability = open.add(new KafkaReachability(kafka.clientProperties(), metrics.registry()));
        reachability.start();
        faults.start();
        checks.health("broker", () ->
                kafka.ended().isDone() ? Optional.of("the embedded broker has ended") : Optional.empty());
        checks.health("kafka", reachability::fault);
        checks.readiness("kafka", reachability::obstacle);
    }

    /** Creates the topics that do not exist yet. */
    public void prepareTopics() {
        kafka.prepareTopics(configuration.topics());
    }

    public void startAgent() {
        Path state = configuration.stateDir().resolve("agent");
        Agent agent = open.add(new Agent(configuration.agent(), clientProperties, state, metrics.registry()));
        agent.start();
        console.ifPresent(pages -> pages.onUnfollowed(agent::forget));
        checks.health("agent", agent::fault);
        faults.watch("the agent", agent::ended);
        checks.readiness("agent", agent::obstacle);
        LOG.info("agent started");
    }

    public void startDetectors() {
        Map<String, Object> properties = new HashMap<>(kafka.prepareDetectors(configuration.topics()));
        properties.putAll(clientProperties);
        properties.putIfAbsent("state.dir", configuration.stateDir().resolve("detectors").toString());
        DetectionService detectors =
                open.add(new DetectionService(configuration.detectorsWithRunbook(), properties, metrics.registry()));
        detectors.start();
        checks.health("detectors", detectors::health);
        faults.watch("the detectors", detectors::fault);
        checks.readiness("detectors", detectors::obstacle);
        LOG.info("detectors started");
    }

    public void startAlerts() {
        AlertService alerts = open.add(new AlertService(configuration.alerts(), clientProperties, metrics.registry()));
        alerts.start();
        Supplier<Optional<String>> fault =
                () -> alerts.fault().map(cause -> "ended by a fault: " + cause.getClass().getSimpleName());
        checks.health("alerts", fault);
        faults.watch("the alert worker", fault);
        checks.readiness("alerts", alerts::obstacle);
        alerts.sinks().keySet().forEach(sink -> checks.readiness(
                new ReadinessCheck("sink " + sink, new SinkReadiness(() -> alerts.sinks().get(sink)))));
        LOG.info("alert worker started, {} sinks", configuration.alerts().sinks().size());
    }

    /** The page for people, which {@link #startMonitoring} serves. */
    public void startConsole() {
        try {
            AutonomousSystems systems = new AutonomousSystems(configuration.detectors().asmap().map(Asmap::load));
            console = Optional.of(open.add(new Console(configuration.http(), systems, clientProperties, Clock.systemUTC(), metrics.registry())));
            console.get().start();
            checks.health("console", console.get()::fault);
        } catch (IllegalArgumentException e) {
            throw new PartFailure(e.getMessage(), e);
        }
    }

    /** Serves metrics and health of the parts that were started before. */
    public void startMonitoring() {
        try {
            MonitoringPages pages = new MonitoringPages(configuration.http(), metrics.registry(), checks);
            WebServer server = open.add(new WebServer(configuration.http()));
            pages.mount(server);
            console.ifPresent(its -> its.mount(server));
            server.start();
            monitoring = Optional.of(URI.create("http://127.0.0.1:" + server.address().getPort()));
            LOG.info("http://{}:{}/metrics, /healthz and /readyz{}",
                    configuration.http().host(), server.address().getPort(), console.isPresent() ? ", and the console at /" : "");
        } catch (IOException e) {
            throw new PartFailure("http.listen " + configuration.http().listen() + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new PartFailure(e.getMessage(), e);
        }
    }

    /** Where metrics and health are served, on this machine; nothing before they are. */
    public Optional<URI> monitoring() {
        return monitoring;
    }

    /** Completes with the reason if a part ends by itself. It does not recover: restart the process. */
    public CompletableFuture<String> failed() {
        return faults.fault();
    }

    @Override
    public void close() {
        open.close();
    }

    /** A part could not be started, for a reason that the user can do something about. */
    public static final class PartFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PartFailure(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A sink is ready unless it has been refusing since it last accepted something. */
    record SinkReadiness(Supplier<SinkState> state) implements Supplier<ReadyState> {
        @Override
        public ReadyState get() {
            SinkState sink = state.get();
            String success = sink.lastSuccess().map(at -> "last success " + at).orElse("no success since the start");
            return sink.failingSince()
                    .map(since -> ReadyState.notReady("failing since " + since + ", " + success))
                    .orElse(ReadyState.ready(sink.lastSuccess().isPresent() ? success : "no notification since the start"));
        }
    }
}
