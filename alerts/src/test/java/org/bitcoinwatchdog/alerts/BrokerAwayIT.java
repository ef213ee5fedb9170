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
import org.bitcoinwatchdog.alerts.broker.TestBroker;
import org.bitcoinwatchdog.events.Alert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose broker dies and comes back. */
@Timeout(180)
class BrokerAwayIT {
    @TempDir
    Path directory;

    @Test
    void goesOnWhereItWasWhenTheBrokerIsBack() throws Exception {
        Alert alert = Alerts.firing("alice");
        try (TestBroker broker = TestBroker.start(directory);
                WebhookServer server = new WebhookServer();
                AlertLog log = new AlertLog(broker.properties())) {
            Map<String, Object> impatient = new HashMap<>(broker.properties());
            impatient.put("default.api.timeout.ms", 2_000);
            impatient.put("request.timeout.ms", 1_000);
            AlertSettings settings = AlertSettings.defaults().withSinks(new SinkSettings.Webhook(
                    "hook", Optional.of(server.url()), Optional.empty(), Optional.empty(), Optional.of(true)));
            try (AlertService worker = new AlertService(settings, impatient, new SimpleMeterRegistry())) {
                worker.start();
                log.write(alert);
                await().atMost(Duration.ofSeconds(30)).until(() -> server.lines().equals(List.of("firing alice")));
                broker.kill();
                broker.launch();
                log.write(Alerts.resolved(alert), Alerts.firing("bob"));
                await().atMost(Duration.ofSeconds(60)).until(() -> server.lines().size() >= 3);
                assertThat(worker.fault()).isEmpty();
            }
            assertThat(server.lines()).containsOnlyOnce("firing alice", "resolved alice", "firing bob");
        }
    }
}
