package org.bitcoinwatchdog.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.bitcoinwatchdog.alerts.WebhookServer.status;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.bitcoinwatchdog.alerts.sinks.SinkSettings;
import org.bitcoinwatchdog.alerts.sinks.Webhook;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;
import org.bitcoinwatchdog.events.Topics;
import org.bitcoinwatchdog.testing.TestBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The alert worker between a real broker and real HTTP servers. Each test has nodes of its own in the shared topics. */
class AlertServiceIT {
    private static final DeliverySettings QUICK = new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(2),
            Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(20));

    private static TestBroker broker;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final String node = "node-" + UUID.randomUUID();
    private final String sink = "hook-" + UUID.randomUUID();
    private WebhookServer server;
    private AlertLog log;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = SharedBroker.get();
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
    }

    @BeforeEach
    void open() {
        server = new WebhookServer();
        log = new AlertLog(broker.properties());
    }

    @AfterEach
    void close() {
        log.close();
        server.close();
    }

    @Test
    void notifiesOfTheBeginningAndOfTheEndInOrder() throws Exception {
        try (AlertService worker = start(server)) {
            log.write(Alerts.firing(node));
            await().until(() -> mine().equals(List.of("firing " + node)));
            log.write(Alerts.resolved(Alerts.firing(node)));
            await().until(() -> mine().equals(List.of("firing " + node, "resolved " + node)));
            assertThat(worker.fault()).isEmpty();
        }
    }

    @Test
    void aRestartRepeatsNothing() throws Exception {
        Alert alert = Alerts.firing(node);
        try (AlertService worker = start(server)) {
            log.write(alert);
            await().until(() -> mine().size() == 1);
            assertThat(worker.fault()).isEmpty();
        }
        try (AlertService worker = start(server)) {
            log.write(Alerts.refreshed(alert, 60), Alerts.firing(node + "-after"));
            await().until(() -> server.lines().contains("firing " + node + "-after"));
            log.write(Alerts.resolved(Alerts.refreshed(alert, 60)));
            await().until(() -> mine().size() > 1);
            assertThat(worker.fault()).isEmpty();
        }
        assertThat(mine()).containsExactly("firing " + node, "resolved " + node);
    }

    @Test
    void notifiesOfAnAlertThatBeganAndEndedWithoutAWorker() throws Exception {
        try (AlertService worker = start(server)) {
            log.write(Alerts.firing(node + "-before"));
            await().until(() -> server.lines().contains("firing " + node + "-before"));
            assertThat(worker.fault()).isEmpty();
        }
        log.write(Alerts.firing(node), Alerts.resolved(Alerts.firing(node)));
        try (AlertService worker = start(server)) {
            await().until(() -> mine().size() == 2);
            assertThat(worker.fault()).isEmpty();
        }
        assertThat(mine()).containsExactly("firing " + node, "resolved " + node);
    }

    @Test
    void anAttemptThatFailedIsMadeAgainWithTheSameKeyAlsoByTheNextWorker() throws Exception {
        server.always(status(503));
        try (AlertService worker = start(server)) {
            log.write(Alerts.firing(node));
            await().until(() -> mine().size() >= 2);
            assertThat(worker.fault()).isEmpty();
        }
        server.always(status(200));
        int before = mine().size();
        try (AlertService worker = start(server)) {
            await().until(() -> mine().size() > before);
            assertThat(worker.fault()).isEmpty();
        }
        assertThat(server.received().stream().filter(request -> request.line().endsWith(node))
                .map(WebhookServer.Request::id).distinct()).hasSize(1);
    }

    @Test
    void aRefusedNotificationBecomesADeadLetterOnce() throws Exception {
        server.always(status(404));
        Alert alert = Alerts.firing(node);
        try (AlertService worker = start(server)) {
            log.write(alert);
            await().until(() -> deadLetters(alert) == 1);
            log.write(Alerts.refreshed(alert, 60), Alerts.firing(node + "-after"));
            await().until(() -> server.lines().contains("firing " + node + "-after"));
            log.write(Alerts.resolved(Alerts.refreshed(alert, 60)), Alerts.firing(node + "-last"));
            await().until(() -> server.lines().contains("firing " + node + "-last"));
            assertThat(worker.fault()).isEmpty();
        }
        assertThat(mine()).containsExactly("firing " + node);
        assertThat(deadLetters(alert)).isEqualTo(1);
    }

    @Test
    void aDeadSinkHoldsUpNoOther() throws Exception {
        WebhookServer dead = new WebhookServer();
        dead.close();
        String gone = "gone-" + UUID.randomUUID();
        AlertSettings settings = AlertSettings.defaults()
                .withSinks(webhook(gone, dead), webhook(sink, server)).withDelivery(QUICK);
        try (AlertService worker = new AlertService(settings, broker.properties(), meters)) {
            worker.start();
            log.write(Alerts.firing(node), Alerts.resolved(Alerts.firing(node)));
            await().until(() -> mine().equals(List.of("firing " + node, "resolved " + node)));
            assertThat(meters.get("watchdog.alerts.pending").tag("sink", gone).gauge().value()).isPositive();
            assertThat(worker.fault()).isEmpty();
        }
    }

    @Test
    void recordsThatAreNoAlertsAreCountedAndKeptAndSkipped() throws Exception {
        String poison = "{\"poison\": \"" + node + "\"";
        try (AlertService worker = new AlertService(
                AlertSettings.defaults().withSinks(webhook(sink, server)).withDelivery(QUICK), broker.properties(), meters)) {
            worker.start();
            log.write(node, poison.getBytes(StandardCharsets.UTF_8));
            log.write(node + "-key", org.bitcoinwatchdog.events.AlertJson.write(Alerts.firing(node + "-other")));
            log.write(Alerts.firing(node));
            await().until(() -> mine().size() == 1);
            await().until(() -> meters.find("watchdog.alerts.records").tag("outcome", "undecodable").counter() != null
                    && meters.get("watchdog.alerts.records").tag("outcome", "undecodable").counter().count() == 2);
            assertThat(worker.fault()).isEmpty();
        }
        String encoded = java.util.Base64.getEncoder().encodeToString(poison.getBytes(StandardCharsets.UTF_8));
        assertThat(log.texts(Topics.DEAD_LETTERS)).anyMatch(letter -> letter.contains(encoded));
        assertThat(server.lines()).doesNotContain("firing " + node + "-other");
    }

    @Test
    void aNewWorkerOfAnOldTopicDoesNotNotifyOfAlertsThatEndedLongAgo() throws Exception {
        Alert old = Alerts.firing(node + "-old");
        java.time.Instant then = java.time.Instant.now().minus(Duration.ofDays(2));
        log.writeAt(then, old, Alerts.resolved(old), Alerts.firing(node + "-lasting"));
        log.write(Alerts.firing(node), Alerts.resolved(Alerts.firing(node)));
        try (AlertService worker = start(server)) {
            await().until(() -> server.lines().containsAll(
                    List.of("firing " + node + "-lasting", "firing " + node, "resolved " + node)));
            assertThat(server.lines()).doesNotContain("firing " + node + "-old");
            assertThat(worker.fault()).isEmpty();
        }
    }

    @Test
    void workersShareThePartitionsAndOneTakesOverFromTheOther() throws Exception {
        List<String> nodes = java.util.stream.IntStream.range(0, 20).mapToObj(i -> node + "-" + i).toList();
        AlertService first = start(server);
        AlertService second = start(server);
        try (second) {
            try (first) {
                for (String each : nodes) {
                    log.write(Alerts.firing(each));
                }
                await().until(() -> server.lines().stream().filter(line -> line.contains(node)).distinct().count() == 20);
            }
            for (String each : nodes) {
                log.write(Alerts.resolved(Alerts.firing(each)));
            }
            await().until(() -> server.lines().stream().filter(line -> line.contains(node)).distinct().count() == 40);
            assertThat(second.fault()).isEmpty();
        }
        assertThat(server.lines().stream().filter(line -> line.contains(node))).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void aSinkThatGotAPageGetsItsWarningAndItsEnd() throws Exception {
        AlertSettings settings = AlertSettings.defaults().withSinks(webhook(sink, server)).withDelivery(QUICK)
                .withRoutes(RouteSettings.of(Map.of("severity", "page"), sink));
        Alert page = Alerts.firing(node);
        Alert warn = Alerts.withSeverity(page, Severity.WARN);
        try (AlertService worker = new AlertService(settings, broker.properties(), meters)) {
            worker.start();
            log.write(Alerts.firing(node + "-never", Severity.WARN, Alerts.START), page);
            await().until(() -> mine().size() == 1);
            log.write(warn, Alerts.resolved(warn));
            await().until(() -> mine().size() == 3);
            assertThat(worker.fault()).isEmpty();
        }
        assertThat(mine()).containsExactly("firing " + node, "firing " + node, "resolved " + node);
        assertThat(server.lines()).noneMatch(line -> line.contains("never"));
    }

    private AlertService start(WebhookServer server) {
        AlertService worker = new AlertService(AlertSettings.defaults().withSinks(webhook(sink, server)).withDelivery(QUICK),
                broker.properties(), new SimpleMeterRegistry());
        worker.start();
        return worker;
    }

    private static SinkSettings webhook(String name, WebhookServer server) {
        return new Webhook(
                name, Optional.of(server.url()), Optional.empty(), Optional.empty(), Optional.of(true));
    }

    private List<String> mine() {
        return server.lines().stream().filter(line -> line.endsWith(node)).toList();
    }

    private long deadLetters(Alert alert) {
        return log.texts(Topics.DEAD_LETTERS).stream().filter(letter -> letter.contains(alert.fingerprint())).count();
    }
}
