package org.bitcoinwatchdog.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.bitcoinwatchdog.alerts.WebhookServer.status;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bitcoinwatchdog.alerts.sinks.SinkSettings;
import org.bitcoinwatchdog.alerts.sinks.Webhook;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Topics;
import org.bitcoinwatchdog.testing.TestBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A failing sink is reported through the others, and heartbeats go out while everything works. */
@Timeout(120)
class SinkFailureIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String node = "failure-" + UUID.randomUUID();
    private final String bad = "bad-" + UUID.randomUUID();
    private final String good = "good-" + UUID.randomUUID();
    private final WebhookServer refusing = new WebhookServer().always(status(410));
    private final WebhookServer taking = new WebhookServer();
    private TestBroker broker;
    private AlertLog log;

    @BeforeEach
    void open() throws Exception {
        broker = SharedBroker.get();
        log = new AlertLog(broker.properties());
    }

    @AfterEach
    void close() {
        log.close();
        refusing.close();
        taking.close();
    }

    @Test
    void theOtherSinksGetOneAlertAboutASinkThatRefusesAndItsEnd() throws Exception {
        SteppingClock clock = new SteppingClock();
        try (AlertService worker = service(clock, HeartbeatSettings.defaults())) {
            worker.start();
            log.write(Alerts.firing(node));
            await().atMost(PATIENCE).until(() -> about(taking).equals(List.of("firing")));
            log.write(Alerts.firing(node + "-2"), Alerts.firing(node + "-3"));
            await().atMost(PATIENCE).until(() -> deadLetters() == 3);
            assertThat(taking.received().stream().filter(request -> request.json().toString().contains(bad)).findFirst()
                    .orElseThrow().json().at("/alerts/0/annotations/description").asText()).isEqualTo("status 410: answer 410");

            refusing.always(status(200));
            clock.pass(Duration.ofMinutes(10));
            log.write(Alerts.firing(node + "-4"));
            await().atMost(PATIENCE).until(() -> about(taking).equals(List.of("firing", "resolved")));
            assertThat(about(refusing)).as("of itself").isEmpty();
            assertThat(worker.fault()).isEmpty();
        }
    }

    @Test
    void alertsAboutSinksRaiseNoFurtherOnes() throws Exception {
        taking.always(status(403));
        try (AlertService worker = service(Clock.systemUTC(), HeartbeatSettings.defaults())) {
            worker.start();
            log.write(Alerts.firing(node));
            await().atMost(PATIENCE).until(() -> about(taking).size() == 1 && about(refusing).size() == 0
                    && deadLetters() == 2);
            await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> about(taking).size() == 1);
            assertThat(worker.fault()).isEmpty();
        }
    }

    @Test
    void aHeartbeatIsSentWhileDetectorsWork() throws Exception {
        HeartbeatSettings everySecond = new HeartbeatSettings(List.of(good), Optional.of(Duration.ofSeconds(1)));
        try (AlertService worker = service(Clock.systemUTC(), everySecond)) {
            worker.start();
            log.write(Alerts.firing(node));
            await().atMost(PATIENCE).until(() -> taking.lines().contains("firing " + node));
            assertThat(beats()).isZero();
            await().atMost(PATIENCE).until(() -> {
                log.digest();
                return beats() >= 2;
            });
            long seen = beats();
            await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> beats() <= seen + 1);
            Map<String, Instant> last = LastDeliveries.read(broker.properties(), PATIENCE).orElseThrow();
            assertThat(last.get(good)).isAfter(Instant.now().minusSeconds(60));
            assertThat(last).doesNotContainKey(bad);
        }
    }

    private AlertService service(Clock clock, HeartbeatSettings heartbeat) {
        AlertSettings settings = AlertSettings.defaults().withSinks(webhook(bad, refusing), webhook(good, taking))
                .withHeartbeat(heartbeat);
        return new AlertService(settings, broker.properties(), new SimpleMeterRegistry(), clock);
    }

    private static SinkSettings webhook(String name, WebhookServer server) {
        return new Webhook(
                name, Optional.of(server.url()), Optional.empty(), Optional.empty(), Optional.of(true));
    }

    private List<String> about(WebhookServer server) {
        return server.received().stream()
                .filter(request -> request.json().at("/alerts/0/labels/alertname").asText().equals("NotificationFailed")
                        && request.json().at("/alerts/0/labels/subject").asText().equals(bad))
                .map(request -> request.json().at("/alerts/0/status").asText()).toList();
    }

    private long beats() {
        return taking.received().stream()
                .filter(request -> request.json().at("/alerts/0/labels/alertname").asText().equals("Watchdog")).count();
    }

    private long deadLetters() {
        return log.texts(Topics.DEAD_LETTERS).stream().filter(letter -> letter.contains("\"" + Alert.NODE + "\":\"" + node)).count();
    }
}
