package org.bitcoinwatchdog.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.sinks.Webhook;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.testing.TestBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose broker dies and comes back. */
@Timeout(180)
class BrokerAwayIT {
    @TempDir
    static Path directory;

    private static TestBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = SharedBroker.start(directory);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void continuesWhereItWasWhenTheBrokerIsBack() throws Exception {
        Alert alert = on("killed", "alice");
        try (WebhookServer server = new WebhookServer();
                AlertLog log = new AlertLog(broker.properties())) {
            Map<String, Object> impatient = new HashMap<>(broker.properties());
            impatient.put("default.api.timeout.ms", 2_000);
            impatient.put("request.timeout.ms", 1_000);
            AlertSettings settings = settings("killed", server);
            try (AlertService worker = new AlertService(settings, impatient, new SimpleMeterRegistry())) {
                worker.start();
                log.write(alert);
                await().atMost(Duration.ofSeconds(30)).until(() -> server.lines().equals(List.of("firing alice")));
                broker.kill();
                broker.start();
                log.write(Alerts.resolved(alert), on("killed", "bob"));
                await().atMost(Duration.ofSeconds(60)).until(() -> server.lines().size() >= 3);
                assertThat(worker.fault()).isEmpty();
            }
            assertThat(server.lines()).containsOnlyOnce("firing alice", "resolved alice", "firing bob");
        }
    }

    @Test
    void aWorkerThatIsCutOffFromKafkaStopsSendingAndGoesOnWhenItIsBack() throws Exception {
        Duration session = Duration.ofSeconds(2);
        try (WebhookServer server = new WebhookServer().always(WebhookServer.status(503));
                AlertLog log = new AlertLog(broker.properties())) {
            Map<String, Object> quick = new HashMap<>(broker.properties());
            quick.put("session.timeout.ms", (int) session.toMillis());
            quick.put("heartbeat.interval.ms", 400);
            DeliverySettings retries = new DeliverySettings(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(20),
                    Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofMinutes(10));
            AlertSettings settings = settings("frozen", server).withDelivery(retries);
            try (AlertService worker = new AlertService(settings, quick, new SimpleMeterRegistry())) {
                worker.start();
                log.write(on("frozen", "alice"));
                await().atMost(Duration.ofSeconds(30)).until(() -> server.received().size() > 5);
                broker.pause();
                try {
                    await().during(session).atMost(Duration.ofSeconds(30)).until(new Quiet(server)::isQuiet);
                } finally {
                    broker.goOn();
                }
                server.always(WebhookServer.status(200));
                int before = server.received().size();
                await().atMost(Duration.ofSeconds(60)).until(() -> server.received().size() > before);
                assertThat(server.received().stream().map(WebhookServer.Request::id).distinct()).hasSize(1);
                assertThat(worker.fault()).isEmpty();
            }
        }
    }

    /** Each test has a network and a sink of its own on the broker that they share. */
    private static AlertSettings settings(String test, WebhookServer server) {
        return AlertSettings.defaults().withSinks(new Webhook(
                        test, Optional.of(server.url()), Optional.empty(), Optional.empty(), Optional.of(true)))
                .withRoutes(RouteSettings.of(Map.of(Alert.NETWORK, test), test));
    }

    private static Alert on(String test, String node) {
        return Alerts.labelled(Alerts.firing(node), Map.of(Alert.NETWORK, test));
    }

    /** Whether nothing was received since this was last asked. */
    private static final class Quiet {
        private final WebhookServer server;
        private int known;

        Quiet(WebhookServer server) {
            this.server = server;
        }

        boolean isQuiet() {
            int now = server.received().size();
            boolean quiet = now == known;
            known = now;
            return quiet;
        }
    }
}
