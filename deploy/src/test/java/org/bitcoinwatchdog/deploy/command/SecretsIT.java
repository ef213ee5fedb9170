package org.bitcoinwatchdog.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.run.KafkaConnection;
import org.bitcoinwatchdog.deploy.run.Parts;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertJson;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Searches all output for every secret of every sink, while every server repeats what it receives. */
@Timeout(180)
class SecretsIT {
    private static final String SECRET = "hush4711";
    private static final List<String> SINKS = List.of("slack", "pager", "hook", "am", "am-token", "mail", "chat", "program");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, String> outputs = new LinkedHashMap<>();

    @TempDir
    Path directory;

    @Test
    void areInNoLogMetricErrorDeadLetterPageOrAnswerOfACommand() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = (Logger) LoggerFactory.getLogger("org.bitcoinwatchdog");
        Level level = ours.getLevel();
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        root.addAppender(logged);
        ours.addAppender(logged);
        ours.setAdditive(false); // the output is searched, not read by people
        ours.setLevel(Level.TRACE);
        try (EchoServers servers = new EchoServers()) {
            Path file = configuration(servers);
            WatchdogConfiguration configuration = WatchdogConfiguration.read(file);
            outputs.put("settings", configuration.toString());
            command(0, "check-config", file.toString());
            command(1, "send-test-alert", "--config", file.toString());
            try (Parts parts = new Parts(configuration, KafkaConnection.orEmbedded(configuration))) {
                parts.prepareTopics();
                parts.startAlerts();
                parts.startConsole();
                parts.startMonitoring();
                tellOfAnAlert(configuration);
                for (String page : List.of("/metrics", "/healthz", "/readyz", "/", "/console/api/fleet", "/console/api/alerts")) {
                    outputs.put(page, get(parts.monitoring().orElseThrow().resolve(page)));
                }
                command(0, "alerts", "--all", "--config", file.toString());
                command(0, "alerts", "--json", "--config", file.toString());
                command(0, "silence", "list", "--config", file.toString());
                CommandRun doctor = CommandRun.of("doctor", "--config", file.toString());
                outputs.put("doctor", doctor.out() + doctor.err());
            }
        } finally {
            ours.setLevel(level);
            ours.setAdditive(true);
            ours.detachAppender(logged);
            root.detachAppender(logged);
        }
        logged.list.forEach(event -> outputs.merge("log", event.getFormattedMessage() + " " + throwable(event) + "\n", String::concat));

        assertThat(outputs.get("alerts --all")).contains("UNDELIVERED").contains(SINKS);
        assertThat(outputs.get("doctor")).contains("sink chat", "nothing was delivered yet");
        assertThat(outputs.get("log")).contains("is a dead letter of am-token");
        assertThat(outputs.get(Topics.DEAD_LETTERS)).contains("***");
        assertSecretsKept();
    }

    @Test
    void areInNoMessageAboutAConfigurationThatIsWrong() throws Exception {
        Path spaced = Files.writeString(directory.resolve("spaced"), "hush4711 with spaces");
        Path noUrl = Files.writeString(directory.resolve("no-url"), "http//hush4711 ^");
        Path credentials = Files.writeString(directory.resolve("credentials"), "https://user:hush4711@example.org/");
        Path noKey = Files.writeString(directory.resolve("no-key"), "whsec_hush4711!");
        for (String sink : List.of(
                "{name: a, type: telegram, token-file: " + spaced + ", chat: \"1\"}",
                "{name: b, type: slack, url-file: " + noUrl + "}",
                "{name: c, type: slack, url-file: " + credentials + "}",
                "{name: d, type: webhook, url: \"https://user:hush4711@example.org/\"}",
                "{name: e, type: webhook, url: \"https://example.org/hush4711 ^\"}",
                "{name: f, type: webhook, url: \"https://example.org/\", secret-file: " + noKey + "}",
                "{name: g, type: pagerduty, routing-key: hush4711}",
                "{name: h, type: webhook, url: [hush4711]}",
                "{name: i, type: alertmanager, url: \"http://hush4711@127.0.0.1:1/\"}")) {
            Path file = Files.writeString(directory.resolve("wrong.yaml"), "alerts: {sinks: [" + sink + "]}\n");
            command(1, "check-config", file.toString());
            assertThat(outputs.get("check-config")).as(sink).hasSizeGreaterThan(40);
            assertSecretsKept();
        }
    }

    private Path configuration(EchoServers servers) throws IOException {
        Path program = Files.writeString(directory.resolve("program"), "#!/bin/sh\nenv\nexit 67\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        String url = servers.url();
        return Files.writeString(directory.resolve("watchdog.yaml"), """
                state-dir: %s
                http: {listen: "127.0.0.1:0"}
                alerts:
                  delivery: {first-backoff: 10ms, longest-backoff: 20ms, give-up-after: 2s}
                  sinks:
                    - {name: slack, type: slack, url-file: %s, allow-private: true}
                    - {name: pager, type: pagerduty, routing-key-file: %s, url: "%s", allow-private: true}
                    - {name: hook, type: webhook, url-file: %s, secret-file: %s, allow-private: true}
                    - {name: am, type: alertmanager, url: "%s/am", username: watchdog, password-file: %s, allow-private: true}
                    - {name: am-token, type: alertmanager, url: "%s/am-token", token-file: %s, allow-private: true}
                    - {name: mail, type: email, server: "127.0.0.1:%d", from: w@example.org, to: [ops@example.org],
                       username: watchdog, password-file: %s, encryption: none, allow-private: true}
                    - {name: chat, type: telegram, token-file: %s, chat: "-100", url: "%s", allow-private: true}
                    - {name: program, type: exec, program: %s}
                """.formatted(directory.resolve("state"),
                secret("slack", url + "/services/T0/B0/hush4711slack"), secret("pager", "hush4711pager"), url,
                secret("hook", url + "/hook?token=hush4711hook"),
                secret("signing", "whsec_" + base64("hush4711signing-new-key-") + "\nwhsec_" + base64("hush4711signing-old-key-")),
                url, secret("am", "hush4711am"), url, secret("am-token", "hush4711token"), servers.mailPort(),
                secret("mail", "hush4711mail"), secret("chat", "123:hush4711chat"), url, program));
    }

    private Path secret(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name + ".secret"), content + "\n");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The secrets as in files, and as encoded in requests. */
    private void assertSecretsKept() {
        List<String> forms = List.of(SECRET, base64("hush4711signing-new-key-"), base64("hush4711signing-old-key-"),
                base64("watchdog:hush4711am"), base64("\0watchdog\0hush4711mail"));
        outputs.forEach((where, text) -> forms.forEach(form -> assertThat(text).as(where).doesNotContain(form)));
    }

    private void command(int status, String... args) {
        CommandRun run = CommandRun.of(args);
        String name = args.length > 1 && !args[1].equals("--config") && !args[0].equals("check-config")
                ? args[0] + " " + args[1] : args[0];
        outputs.put(name, run.out() + run.err());
        assertThat(run.status()).as(outputs.get(name)).isEqualTo(status);
    }

    /** Until each sink's letter is dead. */
    private void tellOfAnAlert(WatchdogConfiguration configuration) throws Exception {
        try (KafkaConnection kafka = KafkaConnection.running(configuration).orElseThrow()) {
            Map<String, Object> client = kafka.clientProperties();
            Instant now = Instant.now();
            Alert alert = new Alert(AlertStatus.FIRING, new TreeMap<>(Map.of(Alert.ALERTNAME, "AddressFlood", Alert.SEVERITY, "page",
                    Alert.NODE, "alice", Alert.NETWORK, "main")), new TreeMap<>(), now, now, null, null, null);
            try (KafkaProducer<String, byte[]> producer =
                    new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
                producer.send(new ProducerRecord<>(Topics.ALERTS, alert.fingerprint(), AlertJson.write(alert))).get();
            }
            await().atMost(PATIENCE).until(() -> {
                String letters = read(client, Topics.DEAD_LETTERS);
                return SINKS.stream().allMatch(sink -> letters.contains("\"sink\":\"" + sink + "\""));
            });
            for (String topic : List.of(Topics.DEAD_LETTERS, Topics.DELIVERIES, Topics.ALERTS, Topics.SILENCES)) {
                outputs.put(topic, read(client, topic));
            }
        }
    }

    private static String read(Map<String, Object> client, String topic) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<String> records = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> records.add(record.key() + " " + record.value()));
            }
            return String.join("\n", records);
        }
    }

    private static String get(URI page) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private static String throwable(ILoggingEvent event) {
        return event.getThrowableProxy() == null ? ""
                : ch.qos.logback.classic.spi.ThrowableProxyUtil.asString(event.getThrowableProxy());
    }
}
