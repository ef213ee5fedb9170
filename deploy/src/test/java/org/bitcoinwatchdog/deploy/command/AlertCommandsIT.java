package org.bitcoinwatchdog.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bitcoinwatchdog.deploy.broker.EmbeddedBroker;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertJson;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands for people on call, against a real broker and a real receiver. */
@Timeout(120)
class AlertCommandsIT {
    @TempDir
    Path directory;

    @Test
    void silencesAreAddedListedShownWithTheirAlertsAndEnded() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"))) {
            String config = Files.writeString(directory.resolve("watchdog.yaml"),
                    "kafka: {bootstrap.servers: \"" + broker.bootstrapServers() + "\"}\n").toString();
            assertThat(CommandRun.of("topics", "create", "--config", config).status()).isZero();
            assertThat(CommandRun.of("alerts", "--config", config).out()).isEqualTo("nothing is firing\n");
            write(broker, alert("alice"));
            write(broker, alert("bob"));

            CommandRun added = CommandRun.of("silence", "add", "--config", config, "--for", "2h", "--comment", "upgrade",
                    "--author", "carol", "node=alice");
            assertThat(added.status()).as(added.err()).isZero();
            String id = added.out().strip();
            assertThat(CommandRun.of("silence", "list", "--config", config).out())
                    .contains(id, "active", "node=\"alice\"", "carol: upgrade");
            assertThat(CommandRun.of("silence", "list", "--config", config, "--json").out())
                    .contains("\"id\":\"" + id + "\"", "\"state\":\"active\"");

            assertThat(CommandRun.of("alerts", "--config", config).out())
                    .contains("AddressFlood on alice", "no one is notified: silenced", "AddressFlood on bob");
            assertThat(CommandRun.of("alerts", "--config", config, "--json").out().lines())
                    .hasSize(2).filteredOn(line -> line.contains("\"hidden\":\"silenced\"")).hasSize(1);

            assertThat(CommandRun.of("silence", "expire", "--config", config, id.substring(0, 8)).out()).isEqualTo("ended " + id + "\n");
            assertThat(CommandRun.of("silence", "list", "--config", config).out()).isEmpty();
            assertThat(CommandRun.of("silence", "list", "--config", config, "--all").out()).contains("expired");
            CommandRun twice = CommandRun.of("silence", "expire", "--config", config, id);
            assertThat(twice.status()).isEqualTo(2);
            assertThat(twice.err()).contains("there is no active or pending silence " + id);
            CommandRun wrong = CommandRun.of("silence", "add", "--config", config, "--comment", "x", "node=~.*");
            assertThat(wrong.status()).isEqualTo(2);
            assertThat(wrong.err()).contains("match nearly every alert");
        }
    }

    @Test
    void aTestAlertReachesTheSinkOrSaysWhyNot() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/good", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.createContext("/bad", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(403, -1);
            }
        });
        server.start();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            String config = Files.writeString(directory.resolve("watchdog.yaml"), """
                    alerts:
                      sinks:
                        - {name: good, type: webhook, url: "%s/good", allow-private: true}
                        - {name: bad, type: webhook, url: "%s/bad", allow-private: true}
                    """.formatted(base, base)).toString();
            CommandRun all = CommandRun.of("send-test-alert", "--config", config);
            assertThat(all.status()).isEqualTo(1);
            assertThat(all.out()).isEqualTo("good: ok\nbad: status 403\n");
            assertThat(CommandRun.of("send-test-alert", "--config", config, "--sink", "good").status()).isZero();
            assertThat(CommandRun.of("send-test-alert", "--config", config, "--sink", "oops").status()).isEqualTo(2);
        } finally {
            server.stop(0);
        }
    }

    private static Alert alert(String node) {
        Instant now = Instant.now();
        return new Alert(AlertStatus.FIRING, new TreeMap<>(Map.of(Alert.ALERTNAME, "AddressFlood", Alert.SEVERITY, "page",
                Alert.NODE, node, Alert.NETWORK, "main")), new TreeMap<>(), now, now, null, null, null);
    }

    private static void write(EmbeddedBroker broker, Alert alert) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.ALERTS, alert.fingerprint().getBytes(StandardCharsets.UTF_8),
                    AlertJson.write(alert))).get();
        }
    }
}
