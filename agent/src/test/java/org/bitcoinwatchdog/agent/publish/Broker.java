package org.bitcoinwatchdog.agent.publish;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Topics;

/** A real broker as a child JVM, on a port that it keeps, to be started, killed and started again. */
final class Broker implements AutoCloseable {
    private static final int PARTITIONS = 3;

    private final Path directory;
    private final int port;
    private final int controllerPort;
    /** Where clients are told to connect. */
    private int advertisedPort;
    private Process process;

    /** Not started yet. */
    Broker(Path directory) throws IOException {
        this.directory = directory;
        try (ServerSocket first = listen(); ServerSocket second = listen()) {
            port = first.getLocalPort();
            advertisedPort = port;
            controllerPort = second.getLocalPort();
        }
    }

    String address() {
        return "127.0.0.1:" + advertisedPort;
    }

    int port() {
        return port;
    }

    /** Before it is started: clients reach it by another port, where something forwards to its own. */
    void advertise(int otherPort) {
        advertisedPort = otherPort;
    }

    Map<String, Object> clientProperties() {
        return Map.of("bootstrap.servers", address(), "reconnect.backoff.max.ms", 200);
    }

    /** Returns when it answers and has the topic. */
    void start() throws Exception {
        Path properties = directory.resolve("server.properties");
        if (Files.notExists(properties)) {
            Files.writeString(properties, properties());
            run("kafka.tools.StorageTool", "format", "--cluster-id", Uuid.randomUuid().toString(), "--config",
                    properties.toString()).waitFor();
        }
        process = run("kafka.Kafka", properties.toString());
        createTopic();
    }

    /** As with SIGSTOP: its connections stay open, and nobody answers. */
    void pause() throws Exception {
        signal("STOP");
    }

    void goOn() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill -" + name + " ended with " + status);
        }
    }

    /** As in kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Everything in the topic, partition by partition. */
    List<NodeEvent> events() throws Exception {
        Map<String, Object> properties = Map.of("bootstrap.servers", address(), "isolation.level", "read_committed");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(number -> new TopicPartition(Topics.NODE_EVENTS, number))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
            List<NodeEvent> events = new ArrayList<>();
            while (partitions.stream().mapToLong(consumer::position).sum() < end) {
                for (ConsumerRecord<String, byte[]> consumed : consumer.poll(Duration.ofMillis(100))) {
                    events.add(NodeEvent.parseFrom(consumed.value()));
                }
            }
            return events;
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }

    private void createTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address(), "default.api.timeout.ms", 120_000))) {
            Collection<String> topics = admin.listTopics().names().get(120, TimeUnit.SECONDS);
            if (!topics.contains(Topics.NODE_EVENTS)) {
                NewTopic topic = new NewTopic(Topics.NODE_EVENTS, PARTITIONS, (short) 1);
                admin.createTopics(Set.of(topic)).all().get(120, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(Files.readString(directory.resolve("output")), e);
        }
    }

    private Process run(String... command) throws IOException {
        List<String> whole = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC"));
        whole.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("output").toFile())).start();
    }

    private String properties() {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%4$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                broker.session.timeout.ms=3000
                broker.heartbeat.interval.ms=500
                log.cleaner.dedupe.buffer.size=2097152
                """.formatted(port, controllerPort, directory.resolve("data"), advertisedPort);
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
