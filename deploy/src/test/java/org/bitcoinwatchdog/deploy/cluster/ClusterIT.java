package org.bitcoinwatchdog.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.bitcoinwatchdog.alerts.kafka.Clients;
import org.bitcoinwatchdog.alerts.sinks.WebhookSignature;
import org.bitcoinwatchdog.deploy.FloodEvents;
import org.bitcoinwatchdog.deploy.Main;
import org.bitcoinwatchdog.deploy.cluster.ClusterProcess.Signal;
import org.bitcoinwatchdog.deploy.topics.TopicAcls;
import org.bitcoinwatchdog.deploy.topics.TopicAcls.Role;
import org.bitcoinwatchdog.deploy.topics.TopicAdmin;
import org.bitcoinwatchdog.deploy.topics.TopicSettings;
import org.bitcoinwatchdog.deploy.webhook.WebhookServer;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Detectors and alert workers as separate processes on three brokers, each with a user of its own and the rights that
 * {@code watchdog topics acls} prints, while processes are killed and paused. More rounds: {@code -Dwatchdog.chaos.rounds=30}.
 */
class ClusterIT {
    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final int ROUNDS = Integer.getInteger("watchdog.chaos.rounds", 3);

    @TempDir
    static Path folder;

    private static final List<Alert> RECEIVED = new CopyOnWriteArrayList<>();
    private static final List<ClusterProcess> PARTS = new ArrayList<>();
    private static final Map<Role, KafkaProducer<String, byte[]>> PRODUCERS = new EnumMap<>(Role.class);

    private static SecureCluster cluster;
    private static WebhookServer webhook;

    @BeforeAll
    static void startEverything() throws Exception {
        Secret key = WebhookSignature.newSecret();
        webhook = new WebhookServer(new WebhookSignature(key), arrived -> RECEIVED.add(arrived.alert()), refused -> { });
        Files.writeString(folder.resolve("secret"), key.reveal());
        cluster = new SecureCluster(folder);
        createUsers();
        try (TopicAdmin topics = new TopicAdmin(cluster.user(Role.ADMIN.user()))) {
            assertThat(topics.createMissing(topics.plan(TopicSettings.defaults()))).contains(Topics.NODE_EVENTS);
            assertThat(topics.differences(topics.plan(TopicSettings.defaults()))).isEmpty();
        }
        for (int i = 0; i < 2; i++) {
            PARTS.add(part("detect", i, Role.DETECT));
        }
        PARTS.add(part("alert", 0, Role.ALERT));
        PARTS.add(part("alert", 1, Role.ALERT));
        PARTS.forEach(ClusterProcess::start);
    }

    @AfterAll
    static void stopEverything() {
        PRODUCERS.values().forEach(KafkaProducer::close);
        PARTS.forEach(part -> part.signal(Signal.KILL));
        cluster.close();
        webhook.close();
    }

    @Test
    void everyAlertArrivesWhateverIsKilled() throws Exception {
        flood("before");
        try (TopicAdmin topics = new TopicAdmin(cluster.user(Role.ADMIN.user()))) {
            assertThat(topics.fewerCopies(topics.plan(TopicSettings.defaults()), "watchdog-detectors")).isEmpty();
        }
        List<Chaos> kinds = List.of(
                new Chaos("a broker is killed", () -> cluster.broker(0).signal(Signal.KILL), () -> cluster.broker(0).start()),
                new Chaos("detectors are killed", () -> PARTS.get(0).signal(Signal.KILL), () -> PARTS.get(0).start()),
                new Chaos("an alert worker is killed", () -> PARTS.get(2).signal(Signal.KILL), () -> PARTS.get(2).start()),
                new Chaos("a broker is paused", () -> cluster.broker(1).signal(Signal.STOP), () -> cluster.broker(1).signal(Signal.CONT)),
                new Chaos("detectors are paused", () -> PARTS.get(1).signal(Signal.STOP), () -> PARTS.get(1).signal(Signal.CONT)),
                new Chaos("an alert worker is paused", () -> PARTS.get(3).signal(Signal.STOP), () -> PARTS.get(3).signal(Signal.CONT)));
        for (int round = 0; round < ROUNDS; round++) {
            Chaos chaos = kinds.get(round % kinds.size());
            chaos.begin().run();
            Duration took = flood("round-" + round);
            chaos.end().run();
            System.out.printf(Locale.ROOT, "ClusterIT: %s: the alert and its end arrived after %.1f s%n", chaos.name(), took.toMillis() / 1e3);
        }
    }

    @Test
    void noPartMayDoWhatItDoesNotNeed() {
        assertThatThrownBy(() -> write(Role.AGENT, Topics.ALERTS, "x", new byte[1]).get()).hasCauseInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> write(Role.ALERT, Topics.ALERTS, "x", new byte[1]).get()).hasCauseInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> write(Role.DETECT, Topics.SILENCES, "x", new byte[1]).get()).hasCauseInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> write(Role.DETECT, Topics.NODE_EVENTS, "x", new byte[1]).get()).hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    /** Else they would wait for the topic for ever, and detect nothing. The agent's user sees one topic and may create none. */
    @Test
    void detectorsDoNotStartWithoutATopicThatTheyMayNotCreate() throws Exception {
        ClusterProcess stranger = part("detect", 9, Role.AGENT);
        stranger.start();
        assertThat(stranger.exitStatus(LIMIT)).isEqualTo(1);
        assertThat(stranger.log()).content().contains("a topic of the detectors is missing", "watchdog topics create");
    }

    private record Chaos(String name, Runnable begin, Runnable end) {
    }

    /** Floods a node that no one has seen yet, and waits for the alert and its end. */
    private static Duration flood(String node) throws Exception {
        long beganNs = System.nanoTime();
        List<Future<?>> written = new ArrayList<>();
        for (byte[] event : FloodEvents.upToNow()) {
            NodeEvent recorded = NodeEvent.parseFrom(event);
            String name = recorded.getNode().equals("node-0") ? node : node + "-beside-" + recorded.getNode();
            written.add(write(Role.AGENT, Topics.NODE_EVENTS, name, recorded.toBuilder().setNode(name).build().toByteArray()));
        }
        for (Future<?> each : written) {
            each.get();
        }
        await(node).atMost(LIMIT).untilAsserted(() -> assertThat(statuses(node)).as(Files.readString(PARTS.get(0).log()))
                .startsWith(AlertStatus.FIRING).endsWith(AlertStatus.RESOLVED));
        assertThat(statuses(node).stream().dropWhile(status -> status == AlertStatus.FIRING)).as("nothing fires again").containsOnly(AlertStatus.RESOLVED);
        return Duration.ofNanos(System.nanoTime() - beganNs);
    }

    private static List<AlertStatus> statuses(String node) {
        return RECEIVED.stream().filter(alert -> node.equals(alert.labels().get("node")) && "AddressFlood".equals(alert.labels().get(Alert.ALERTNAME)))
                .map(Alert::status).toList();
    }

    private static Future<?> write(Role role, String topic, String key, byte[] value) {
        KafkaProducer<String, byte[]> producer = PRODUCERS.computeIfAbsent(role, absent -> {
            Map<String, Object> properties = cluster.user(role.user());
            properties.put("acks", "all");
            return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        });
        return producer.send(new ProducerRecord<>(topic, key, value));
    }

    private static void createUsers() throws Exception {
        try (Admin admin = Admin.create(cluster.superuser())) {
            await().atMost(LIMIT).ignoreExceptions().until(() -> admin.describeCluster().nodes().get().size() == SecureCluster.BROKERS);
            for (Role role : Role.values()) {
                admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(role.user(),
                        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), SecureCluster.password()))).all().get();
            }
            admin.createAcls(new TopicAcls("watchdog-detectors", Clients.GROUP).rights().stream()
                    .flatMap(right -> right.operations().stream().map(operation -> new AclBinding(
                            new ResourcePattern(right.resource(), right.name(), right.pattern()),
                            new AccessControlEntry("User:" + right.role().user(), "*", operation, AclPermissionType.ALLOW))))
                    .collect(Collectors.toSet())).all().get();
        }
    }

    private static ClusterProcess part(String command, int instance, Role role) throws IOException {
        String kafka = cluster.user(role.user()).entrySet().stream()
                .map(entry -> "  " + entry.getKey() + ": '" + entry.getValue() + "'\n").collect(Collectors.joining());
        Path file = Files.writeString(folder.resolve(command + "-" + instance + ".yaml"), """
                state-dir: %s-%d-state
                kafka:
                %s
                http: {listen: "127.0.0.1:0"}
                detectors:
                  address-flooding: {address-flood: {window: 20s}}
                  streams: {standby-replicas: 1}
                alerts:
                  sinks: [{name: hook, type: webhook, url: "%s", secret-file: secret, allow-private: true}]
                """.formatted(command, instance, kafka, webhook.address()));
        return new ClusterProcess(folder.resolve(command + "-" + instance + ".log"), Main.class.getName(), command, "--config", file.toString());
    }
}
