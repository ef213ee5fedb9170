package org.bitcoinwatchdog.detectors.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.bitcoinwatchdog.events.Topics;

/** A real broker with the detectors' topics. */
final class Broker implements AutoCloseable {
    static final int PARTITIONS = 2;

    private final Child child;
    private final String bootstrapServers;

    private Broker(Child child, String bootstrapServers) {
        this.child = child;
        this.bootstrapServers = bootstrapServers;
    }

    static Broker start(Path directory) throws Exception {
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
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "transaction.state.log.num.partitions=1",
                // Records have the time of their events, which lies before any retention.
                "log.retention.ms=-1",
                "group.initial.rebalance.delay.ms=0",
                "group.min.session.timeout.ms=1000",
                "log.cleaner.dedupe.buffer.size=2097152"));
        Broker broker = new Broker(
                Child.start(BrokerMain.class, directory.resolve("broker.log"), properties.toString()), "127.0.0.1:" + port);
        broker.createTopics(directory);
        return broker;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    private void createTopics(Path directory) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Awaitility.await("the broker, see " + directory).atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
                admin.createTopics(List.of(
                        new NewTopic(Topics.NODE_EVENTS, PARTITIONS, (short) 1),
                        new NewTopic(Topics.NODE_DIGESTS, PARTITIONS, (short) 1),
                        new NewTopic(Topics.ALERTS, PARTITIONS, (short) 1),
                        new NewTopic(Topics.DEAD_LETTERS, 1, (short) 1))).all().get();
                return true;
            });
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws Exception {
        child.close();
    }
}
