package org.bitcoinwatchdog.deploy.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bitcoinwatchdog.agent.Agent;
import org.bitcoinwatchdog.agent.AgentSettings;
import org.bitcoinwatchdog.agent.discovery.NodeSettings;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.alerts.AlertService;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.bitcoinwatchdog.alerts.sinks.Webhook;
import org.bitcoinwatchdog.alerts.sinks.WebhookSignature;
import org.bitcoinwatchdog.deploy.broker.EmbeddedBroker;
import org.bitcoinwatchdog.deploy.console.ConsoleServer;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.bitcoinwatchdog.deploy.metrics.ProcessMetrics;
import org.bitcoinwatchdog.deploy.resource.OpenParts;
import org.bitcoinwatchdog.deploy.topics.TopicAdmin;
import org.bitcoinwatchdog.deploy.topics.TopicSettings;
import org.bitcoinwatchdog.deploy.webhook.WebhookServer;
import org.bitcoinwatchdog.detectors.DetectionService;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Network;

/**
 * The watchdog's main job on any machine, with a stand-in for bitcoind: a recorded flood of addresses goes through the
 * kernel, Kafka and the detectors to a webhook of this process. Every part is the one that {@code watchdog up} runs.
 */
public final class Demo implements AutoCloseable {
    private static final String ALERTNAME = "AddressFlood";
    private static final Duration ATTACH_LIMIT = Duration.ofSeconds(30);
    private static final Duration FLOOD_LIMIT = Duration.ofSeconds(30);
    private static final Duration ALERT_LIMIT = Duration.ofSeconds(30);

    private final Path directory;
    private final Optional<Path> player;
    private final ProcessMetrics metrics;
    private final DemoTeller teller;
    private final OpenParts open = new OpenParts();
    private Optional<String> bootstrapServers = Optional.empty();
    private final CompletableFuture<WebhookServer.Received> arrived = new CompletableFuture<>();

    /**
     * What the demo showed.
     *
     * @param delay      from the kernel's stamp of the first flood message to the webhook
     * @param throughBpf false if the recording went to the decoder without the kernel
     */
    public record DemoResult(Alert alert, Duration delay, boolean throughBpf) {
    }

    /**
     * @param directory for the broker's data and everything else; the caller removes it
     * @param player    the program tracepoint-player; without it nothing goes through the kernel
     * @param metrics   gets those of every part
     */
    public Demo(Path directory, Optional<Path> player, ProcessMetrics metrics, DemoTeller teller) {
        this.directory = directory;
        this.metrics = metrics;
        this.player = player;
        this.teller = teller;
    }

    /** @throws DemoFailure if the alert does not arrive; the message says what was missing */
    public DemoResult run() throws IOException, InterruptedException {
        DemoScript script = DemoScript.load(Instant.now());
        Map<String, Object> kafka = startKafka();
        startReceiver(kafka);
        ConsoleServer console = open.add(new ConsoleServer(new HttpSettings("127.0.0.1:0"), kafka, metrics.registry()));
        console.start();
        DetectorSettings settings = DetectorSettings.defaults().withRunbookBase(console.url() + "runbook#");
        DetectionService detectors = open.add(new DetectionService(settings, detection(kafka), metrics.registry()));
        detectors.start();
        teller.tell("detectors and alert worker run");
        teller.tell("the console is at " + console.url());
        NodeEventWatch watch = open.add(new NodeEventWatch(kafka, script.floodPeers()));
        watch.start();

        Optional<StandInNode> node = startNode(script, kafka);
        await(watch.started(), ATTACH_LIMIT, node, "the node's first event");
        teller.tell("the agent follows " + script.node() + "; a minute of ordinary traffic passes in fast motion");
        Instant flooded = await(watch.flooded(), FLOOD_LIMIT, node, "the flood's first message");
        teller.tell(String.format(Locale.ROOT, "the flood begins: %d peers, %,d messages full of addresses within two seconds",
                script.floodPeers().size(), script.floodMessages()));
        WebhookServer.Received received = await(arrived, ALERT_LIMIT, node, "the alert at the webhook");
        return new DemoResult(received.alert(), Duration.between(flooded, received.at()), node.isPresent());
    }

    /** Its broker's; nothing before it runs. */
    public Optional<String> bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        open.close();
    }

    private Map<String, Object> startKafka() {
        teller.tell("starting a Kafka broker of its own in " + directory);
        EmbeddedBroker broker = open.add(EmbeddedBroker.start(directory.resolve("broker")));
        Map<String, Object> kafka = metrics.reported(Map.of("bootstrap.servers", broker.bootstrapServers()));
        try (TopicAdmin topics = new TopicAdmin(kafka)) {
            topics.createMissing(topics.plan(TopicSettings.defaults()));
        }
        bootstrapServers = Optional.of(broker.bootstrapServers());
        teller.tell("broker at " + broker.bootstrapServers());
        return kafka;
    }

    private void startReceiver(Map<String, Object> kafka) throws IOException {
        Secret key = WebhookSignature.newSecret();
        WebhookServer server = open.add(new WebhookServer(new WebhookSignature(key), this::receive, teller::tell));
        Path secret = Files.writeString(directory.resolve("webhook-secret"), key.reveal());
        Webhook sink = new Webhook(
                "demo", Optional.of(server.address()), Optional.empty(), Optional.of(secret), Optional.of(true));
        teller.tell("a webhook listens at " + server.address());
        AlertService alerts = open.add(
                new AlertService(AlertSettings.defaults().withSinks(sink), kafka, metrics.registry()));
        alerts.start();
    }

    private void receive(WebhookServer.Received received) {
        Map<String, String> labels = received.alert().labels();
        if (labels.get(Alert.ALERTNAME).equals(ALERTNAME) && received.alert().firing()) {
            arrived.complete(received);
        } else {
            teller.tell("also received: " + labels.get(Alert.ALERTNAME) + " (" + labels.get(Alert.SEVERITY) + ")");
        }
    }

    private Optional<StandInNode> startNode(DemoScript script, Map<String, Object> kafka) throws IOException {
        Optional<String> obstacle = player.isEmpty() ? Optional.of("tracepoint-player was not built") : bpfObstacle();
        if (obstacle.isPresent()) {
            teller.tell("NOT THROUGH THE KERNEL: " + obstacle.get());
            teller.tell("so the recording goes straight to the agent's decoder (watchdog doctor tells more)");
            open.add(new RecordingFeed(script, kafka, metrics.registry())).start();
            return Optional.empty();
        }
        Path recording = directory.resolve("flood.jsonl.gz");
        script.write(recording);
        StandInNode node = open.add(StandInNode.start(player.get(), recording, directory));
        teller.tell("tracepoint-player (process " + node.pid() + ") stands in for bitcoind, with bitcoind's probes");
        // By its process id: another process may run the same executable.
        NodeSettings traced = new NodeSettings(Optional.of(script.node()), Optional.empty(), Optional.of(node.pidFile()),
                Optional.of(new Network("regtest")));
        Agent agent = open.add(new Agent(AgentSettings.defaults().withNodes(traced), kafka,
                directory.resolve("agent"), metrics.registry()));
        agent.start();
        return Optional.of(node);
    }

    private static Optional<String> bpfObstacle() {
        try {
            Tracing.check();
            return Optional.empty();
        } catch (KernelException e) {
            return Optional.of(e.notPermitted() ? "this process may not trace" : "tracing fails: " + e.reason());
        }
    }

    private Map<String, Object> detection(Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put("state.dir", directory.resolve("streams").toString());
        return properties;
    }

    private static <T> T await(CompletableFuture<T> future, Duration limit, Optional<StandInNode> node, String what)
            throws IOException, InterruptedException {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            Optional<String> failure = node.isPresent() ? node.get().failure() : Optional.empty();
            throw new DemoFailure(what + " did not arrive within " + limit.toSeconds() + " s"
                    + failure.map(reason -> ": " + reason).orElse(""), e);
        } catch (ExecutionException e) {
            throw new DemoFailure(what + " could not be awaited: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** The demo did not come to its end. */
    public static final class DemoFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DemoFailure(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Tells the viewer what happens, each line with the seconds since the demo began. */
    public static final class DemoTeller {
        private final PrintWriter out;
        private final long beganNs = System.nanoTime();

        public DemoTeller(PrintWriter out) {
            this.out = out;
        }

        /** For several threads. */
        public synchronized void tell(String line) {
            out.printf(Locale.ROOT, "[%5.1f s] %s%n", (System.nanoTime() - beganNs) / 1e9, line);
            out.flush();
        }
    }
}
