package org.bitcoinwatchdog.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bitcoinwatchdog.alerts.sinks.Webhook;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Topics;
import org.bitcoinwatchdog.testing.TestBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Entries of alerts that ended long ago are removed. */
@Timeout(120)
class OldDeliveriesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String node = "old-" + UUID.randomUUID();
    private final String sink = "hook-" + UUID.randomUUID();

    @Test
    void entriesOfEndedAlertsLeaveTheTopicAfterTwoWeeksAndNothingIsSentTwice() throws Exception {
        TestBroker broker = SharedBroker.get();
        SteppingClock clock = new SteppingClock();
        Alert ended = Alerts.firing(node + "-ended");
        Alert lasting = Alerts.firing(node + "-lasting");
        try (WebhookServer server = new WebhookServer(); AlertLog log = new AlertLog(broker.properties())) {
            try (AlertService worker = start(server, broker, clock)) {
                log.write(ended, lasting, Alerts.resolved(ended));
                await().atMost(PATIENCE).until(() -> mine(server).size() == 3);
                await().atMost(PATIENCE).until(() -> kept(log).keySet().containsAll(List.of(key(ended), key(lasting))));

                clock.pass(Duration.ofDays(15));
                await().atMost(PATIENCE).until(() -> kept(log).get(key(ended)).isEmpty());
                assertThat(kept(log).get(key(lasting))).isPresent();
                assertThat(worker.fault()).isEmpty();
            }
            try (AlertService next = start(server, broker, clock)) {
                log.write(Alerts.firing(node + "-after"));
                await().atMost(PATIENCE).until(() -> mine(server).contains("firing " + node + "-after"));
                assertThat(mine(server).stream().filter(line -> line.endsWith("-ended")))
                        .containsExactly("firing " + node + "-ended", "resolved " + node + "-ended");
                assertThat(next.fault()).isEmpty();
            }
        }
    }

    private AlertService start(WebhookServer server, TestBroker broker, SteppingClock clock) {
        AlertService worker = new AlertService(AlertSettings.defaults().withSinks(new Webhook(sink,
                Optional.of(server.url()), Optional.empty(), Optional.empty(), Optional.of(true))), broker.properties(),
                new SimpleMeterRegistry(), clock);
        worker.start();
        return worker;
    }

    private List<String> mine(WebhookServer server) {
        return server.lines().stream().filter(line -> line.contains(node)).toList();
    }

    private String key(Alert alert) {
        return sink + "/" + alert.fingerprint();
    }

    /**
     * The last record of each key in the topic of deliveries; empty if it is a tombstone, so that compaction removes
     * the key.
     */
    private static Map<String, Optional<byte[]>> kept(AlertLog log) {
        Map<String, Optional<byte[]>> last = new HashMap<>();
        log.read(Topics.DELIVERIES).forEach(record ->
                last.put(new String(record.key(), StandardCharsets.UTF_8), Optional.ofNullable(record.value())));
        return last;
    }
}
