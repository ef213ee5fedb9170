package org.bitcoinwatchdog.alerts.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.awaitility.Awaitility;
import org.bitcoinwatchdog.events.Topics;

/**
 * A real Kafka broker as a child JVM, with the alert stage's topics. The deploy module's broker can't be used here: that
 * module is built on this one.
 */
public final class TestBroker implements AutoCloseable {
    public static final int PARTITIONS = 3;

    private static TestBroker shared;

    private final Path directory;
    private final Uuid clusterId = Uuid.randomUuid();
    private final String bootstrapServers;
    private Process process;

    private TestBroker(Path directory, String bootstrapServers) {
        this.directory = directory;
        this.bootstrapServers = bootstrapServers;
    }

    /** One for all tests of this JVM that do not kill it; it ends with the JVM. Tests have nodes and sinks of their own. */
    public static synchronized TestBroker shared() throws Exception {
        if (shared == null) {
            Path directory = Files.createTempDirectory("watchdog-test-broker");
            TestBroker broker = start(directory);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> broker.end(directory)));
            shared = broker;
        }
        return shared;
    }

    public static TestBroker start(Path directory) throws Exception {
        int port = freePort();
        int controllerPort = freePort();
        Path properties = directory.resolve("broker.properties");
        Files.writeString(properties, String.join("\n",
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
                "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "controller.listener.names=CONTROLLER",
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs=" + directory.resolve("log"),
                "auto.create.topics.enable=false",
                "broker.session.timeout.ms=3000",
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "transaction.state.log.num.partitions=1",
                "group.initial.rebalance.delay.ms=0",
                "group.min.session.timeout.ms=1000",
                "log.cleaner.dedupe.buffer.size=2097152",
                "num.network.threads=1",
                "num.io.threads=2"));
        TestBroker broker = new TestBroker(directory, "127.0.0.1:" + port);
        broker.launch();
        broker.createTopics();
        return broker;
    }

    /** As {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Stops it where it is, as a network that is cut does, or lets it go on. */
    public void freeze(boolean frozen) throws Exception {
        new ProcessBuilder("/bin/kill", frozen ? "-STOP" : "-CONT", Long.toString(process.pid())).inheritIO().start().waitFor();
    }

    /** The same broker once more, with what it had on disk. */
    public void launch() throws IOException {
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m", "-cp", System.getProperty("java.class.path"), TestBrokerMain.class.getName(),
                directory.resolve("broker.properties").toString(), clusterId.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("broker.log").toFile()))
                .start();
    }

    public Map<String, Object> properties() {
        return Map.of("bootstrap.servers", bootstrapServers);
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() throws Exception {
        process.getOutputStream().close();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private void createTopics() {
        Map<String, String> compacted = Map.of("cleanup.policy", "compact");
        try (Admin admin = Admin.create(properties())) {
            Awaitility.await("the broker, see " + directory).atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
                admin.createTopics(List.of(
                        new NewTopic(Topics.ALERTS, PARTITIONS, (short) 1).configs(compacted),
                        new NewTopic(Topics.SILENCES, 1, (short) 1).configs(compacted),
                        new NewTopic(Topics.DELIVERIES, PARTITIONS, (short) 1).configs(compacted),
                        new NewTopic(Topics.NODE_DIGESTS, 2, (short) 1),
                        new NewTopic(Topics.DEAD_LETTERS, 1, (short) 1))).all().get();
                return true;
            });
        }
    }

    private void end(Path directory) {
        try (java.util.stream.Stream<Path> files = Files.walk(directory)) {
            kill();
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println(directory + " could not be deleted: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
