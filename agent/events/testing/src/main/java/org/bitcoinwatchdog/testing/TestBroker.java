package org.bitcoinwatchdog.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/**
 * A real Kafka broker with some topics, as a child JVM on a fixed port. It can be started, paused, killed and started
 * again. It ends when this JVM ends for any reason.
 */
public final class TestBroker implements AutoCloseable {
    private static final int START_SECONDS = 120;

    private final Path directory;
    private final List<NewTopic> topics;
    private final String clusterId = Uuid.randomUuid().toString();
    private final int port;
    private final int controllerPort;
    /** The address that the broker gives to clients. */
    private int advertisedPort;
    private Process process;

    /**
     * A broker that is not started yet.
     *
     * @param directory exists, for data and log
     * @param topics    created at the start
     */
    public TestBroker(Path directory, NewTopic... topics) throws IOException {
        this.directory = directory;
        this.topics = List.of(topics);
        try (ServerSocket first = listen(); ServerSocket second = listen()) {
            port = first.getLocalPort();
            advertisedPort = port;
            controllerPort = second.getLocalPort();
        }
    }

    /** For the clients' {@code bootstrap.servers}. */
    public String address() {
        return "127.0.0.1:" + advertisedPort;
    }

    /** The address at which it listens. */
    public int port() {
        return port;
    }

    /**
     * Call it before the start: clients reach the broker by another port, from which something forwards to its own.
     */
    public void advertise(int otherPort) {
        advertisedPort = otherPort;
    }

    /** For any client. */
    public Map<String, Object> properties() {
        return Map.of("bootstrap.servers", address());
    }

    /** Starts it with its data on disk, and returns when it answers and has its topics. */
    public void start() throws Exception {
        Path properties = Files.writeString(directory.resolve("server.properties"), configuration());
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It lives for seconds: with the second compiler its start would take twice the processor time.
                "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                TestBrokerMain.class.getName(), properties.toString(), clusterId)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        createTopics();
    }

    /** Like SIGSTOP: its connections stay open, and it does not answer. */
    public void pause() throws Exception {
        signal("STOP");
    }

    /** Like SIGCONT, after a pause. */
    public void goOn() throws Exception {
        signal("CONT");
    }

    /** Like {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it without writing out its data, which is deleted with the test's directory. */
    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }

    private void signal(String name) throws Exception {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill -" + name + " ended with " + status);
        }
    }

    private void createTopics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address(), "reconnect.backoff.max.ms", 200,
                "default.api.timeout.ms", START_SECONDS * 1_000))) {
            Set<String> there = admin.listTopics().names().get(START_SECONDS, TimeUnit.SECONDS);
            Collection<NewTopic> missing = topics.stream().filter(topic -> !there.contains(topic.name())).toList();
            admin.createTopics(missing).all().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(Files.readString(log()), e);
        }
    }

    private Path log() {
        return directory.resolve("broker.log");
    }

    private String configuration() {
        return String.format(Locale.ROOT, """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%3$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%4$s
                auto.create.topics.enable=false
                # Records have the time of their events, which may lie before any retention.
                log.retention.ms=-1
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=1
                # After kill -9 the broker waits until its own controller believes that the last one is gone.
                broker.session.timeout.ms=3000
                broker.heartbeat.interval.ms=500
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=1000
                log.cleaner.dedupe.buffer.size=2097152
                num.network.threads=1
                num.io.threads=2
                """, port, controllerPort, advertisedPort, directory.resolve("data"));
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
