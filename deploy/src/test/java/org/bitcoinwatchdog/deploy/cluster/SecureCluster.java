package org.bitcoinwatchdog.deploy.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.bitcoinwatchdog.deploy.cluster.ClusterProcess.Signal;

/**
 * Three brokers as an exchange runs them: SASL_SSL for every connection, SCRAM for the clients, an authorizer that refuses what no ACL
 * allows. They end with this JVM.
 */
final class SecureCluster implements AutoCloseable {
    static final int BROKERS = 3;

    private static final String PASSWORD = "only-for-this-test";
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"broker\" password=\"%s\""
            + " user_broker=\"%<s\";";

    private final Path folder;
    private final String clusterId = Uuid.randomUuid().toString();
    private final List<Integer> ports = new ArrayList<>();
    private final List<ClusterProcess> brokers = new ArrayList<>();

    SecureCluster(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 2 * BROKERS; i++) {
            sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        for (ServerSocket socket : sockets) {
            ports.add(socket.getLocalPort());
            socket.close();
        }
        makeCertificate();
        for (int broker = 0; broker < BROKERS; broker++) {
            Path properties = Files.writeString(folder.resolve("broker-" + broker + ".properties"), configuration(broker));
            brokers.add(new ClusterProcess(folder.resolve("broker-" + broker + ".log"), "org.bitcoinwatchdog.testing.TestBrokerMain",
                    properties.toString(), clusterId));
        }
        brokers.forEach(ClusterProcess::start);
    }

    /** As the superuser of the cluster. */
    Map<String, Object> superuser() {
        return client("PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule", "broker");
    }

    /** As a user with SCRAM and the password of {@link #password}. */
    Map<String, Object> user(String name) {
        return client("SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule", name);
    }

    static String password() {
        return PASSWORD;
    }

    ClusterProcess broker(int broker) {
        return brokers.get(broker);
    }

    @Override
    public void close() {
        brokers.forEach(broker -> broker.signal(Signal.KILL));
    }

    private Map<String, Object> client(String mechanism, String module, String user) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", ports.subList(0, BROKERS).stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")));
        properties.put("security.protocol", "SASL_SSL");
        properties.put("sasl.mechanism", mechanism);
        properties.put("sasl.jaas.config", module + " required username=\"" + user + "\" password=\"" + PASSWORD + "\";");
        properties.put("ssl.truststore.location", folder.resolve("trust.p12").toString());
        properties.put("ssl.truststore.password", PASSWORD);
        return properties;
    }

    private void makeCertificate() throws IOException, InterruptedException {
        String key = folder.resolve("key.p12").toString();
        String certificate = folder.resolve("broker.crt").toString();
        keytool("-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=ip:127.0.0.1,dns:localhost",
                "-validity", "2", "-keystore", key);
        keytool("-exportcert", "-alias", "broker", "-keystore", key, "-file", certificate);
        keytool("-importcert", "-noprompt", "-alias", "broker", "-keystore", folder.resolve("trust.p12").toString(), "-file", certificate);
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Path log = folder.resolve("keytool.log");
        if (new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor() != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
    }

    private String configuration(int broker) {
        List<String> voters = new ArrayList<>();
        for (int i = 0; i < BROKERS; i++) {
            voters.add(i + 1 + "@127.0.0.1:" + ports.get(BROKERS + i));
        }
        return String.format(Locale.ROOT, """
                process.roles=broker,controller
                node.id=%1$d
                controller.quorum.voters=%2$s
                listeners=CLIENTS://127.0.0.1:%3$d,CONTROLLER://127.0.0.1:%4$d
                advertised.listeners=CLIENTS://127.0.0.1:%3$d
                listener.security.protocol.map=CLIENTS:SASL_SSL,CONTROLLER:SASL_SSL
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=CLIENTS
                sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512
                sasl.mechanism.inter.broker.protocol=PLAIN
                sasl.mechanism.controller.protocol=PLAIN
                listener.name.controller.sasl.enabled.mechanisms=PLAIN
                listener.name.controller.plain.sasl.jaas.config=%5$s
                listener.name.clients.plain.sasl.jaas.config=%5$s
                listener.name.clients.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
                ssl.keystore.location=%6$s/key.p12
                ssl.keystore.password=%7$s
                ssl.truststore.location=%6$s/trust.p12
                ssl.truststore.password=%7$s
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                super.users=User:broker
                log.dirs=%6$s/data-%1$d
                auto.create.topics.enable=false
                offsets.topic.num.partitions=3
                transaction.state.log.num.partitions=3
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=1000
                broker.session.timeout.ms=4000
                log.cleaner.dedupe.buffer.size=2097152
                num.network.threads=1
                num.io.threads=2
                """, broker + 1, String.join(",", voters), ports.get(broker), ports.get(BROKERS + broker),
                String.format(PLAIN, PASSWORD), folder, PASSWORD);
    }
}
