package org.bitcoinwatchdog.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bitcoinwatchdog.alerts.matching.Matcher;
import org.bitcoinwatchdog.alerts.silence.Silence;
import org.bitcoinwatchdog.alerts.sinks.Webhook;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Topics;
import org.bitcoinwatchdog.testing.TestBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Silences and inhibition between a real broker and two workers that share the alerts. */
@Timeout(120)
class SilenceIT {
    private static final Duration EFFECTIVE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String node = "silenced-" + UUID.randomUUID();
    private final String sink = "hook-" + UUID.randomUUID();
    private TestBroker broker;
    private WebhookServer server;
    private AlertLog log;
    private SilenceStore store;

    @BeforeEach
    void open() throws Exception {
        broker = SharedBroker.get();
        server = new WebhookServer();
        log = new AlertLog(broker.properties());
        store = new SilenceStore(broker.properties(), Clock.systemUTC());
        store.start();
        assertThat(store.awaitCaughtUp(PATIENCE)).isTrue();
    }

    @AfterEach
    void close() {
        store.close();
        log.close();
        server.close();
    }

    @Test
    void mutesOnEveryWorkerWithinTwoSecondsAndNotifiesOfFiringAlertsWhenItEnds() throws Exception {
        List<Alert> alerts = IntStream.range(0, 12).mapToObj(i -> Alerts.firing(node + "-" + i)).toList();
        try (AlertService first = start(); AlertService second = start()) {
            awaitPartitions(first, second);
            log.write(Alerts.firing(node + "-before"));
            await().atMost(PATIENCE).until(() -> mine().size() == 1);
            Silence silence = store.add(List.of(Matcher.parse("node=~\"" + node + "-[0-9]+\"")), "carol", "upgrade",
                    Optional.empty(), Instant.now().plusSeconds(3_600));
            Instant effective = Instant.now().plus(EFFECTIVE);
            await().until(() -> Instant.now().isAfter(effective)); // the guarantee is about time
            for (Alert alert : alerts) {
                log.write(alert);
            }
            log.write(Alerts.firing(node + "-after"));
            await().atMost(PATIENCE).until(() -> mine().size() == 2);
            await().during(Duration.ofMillis(500)).atMost(PATIENCE).until(() -> mine().size() == 2);
            store.expire(silence.id());
            await().atMost(EFFECTIVE.plusSeconds(3)).until(() -> mine().size() == 14);
            assertThat(mine()).doesNotHaveDuplicates();
            assertThat(first.fault()).isEmpty();
            assertThat(second.fault()).isEmpty();
        }
    }

    @Test
    void aMaintenanceWindowMutesOnEveryWorkerAndNotifiesOfFiringAlertsWhenItEnds() throws Exception {
        List<Alert> during = IntStream.range(0, 12).mapToObj(i -> Alerts.firing(node + "-" + i)).toList();
        try (AlertService first = start(); AlertService second = start()) {
            awaitPartitions(first, second);
            Instant begin = Instant.now().plus(EFFECTIVE);
            Instant end = begin.plusSeconds(3);
            store.add(List.of(Matcher.parse("node=~" + node + ".*")), "carol", "upgrade", Optional.of(begin), end);
            log.write(Alerts.firing(node + "-before"));
            await().atMost(PATIENCE).until(() -> mine().size() == 1);
            await().until(() -> Instant.now().isAfter(begin));
            for (Alert alert : during) {
                log.write(alert);
            }
            log.write(Alerts.resolved(during.get(0)));
            await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> mine().size() == 1);
            assertThat(Instant.now()).as("still within the window").isBefore(end);
            await().atMost(EFFECTIVE.plusSeconds(3)).until(() -> mine().size() == 12);
            assertThat(mine()).doesNotHaveDuplicates().noneMatch(line -> line.contains(node + "-0 "));
            assertThat(Instant.now()).isAfterOrEqualTo(end);
        }
    }

    @Test
    void aWorkerThatStartsReadsTheSilencesBeforeItNotifies() throws Exception {
        log.write(Alerts.firing(node));
        store.add(List.of(Matcher.parse("node=" + node)), "carol", "upgrade", Optional.empty(), Instant.now().plusSeconds(3_600));
        try (AlertService worker = start()) {
            log.write(Alerts.firing(node + "-other"));
            await().atMost(PATIENCE).until(() -> server.lines().contains("firing " + node + "-other"));
            assertThat(server.lines()).doesNotContain("firing " + node);
            assertThat(worker.fault()).isEmpty();
        }
    }

    @Test
    void anAlertInOnePartitionMutesOthersInAllPartitions() throws Exception {
        Alert silent = Alerts.labelled(Alerts.firing(node), Map.of(Alert.ALERTNAME, "NodeSilent"));
        List<Alert> hidden = IntStream.range(0, 12)
                .mapToObj(i -> Alerts.labelled(Alerts.firing(node), Map.of(Alert.SUBJECT, "s" + i))).toList();
        try (AlertService first = start(); AlertService second = start()) {
            awaitPartitions(first, second);
            log.write(silent);
            await().atMost(PATIENCE).until(() -> mine().size() == 1);
            for (Alert alert : hidden) {
                log.write(alert);
            }
            log.write(Alerts.firing(node + "-other"));
            await().atMost(PATIENCE).until(() -> mine().size() == 2);
            log.write(Alerts.resolved(silent));
            await().atMost(PATIENCE).until(() -> mine().size() == 14);
            assertThat(first.fault()).isEmpty();
            assertThat(second.fault()).isEmpty();
        }
    }

    @Test
    void theStoreListsAddsAndEndsSilencesAndRefusesInvalidOnes() throws Exception {
        Instant start = Instant.now().plusSeconds(600);
        Silence planned = store.add(List.of(Matcher.parse("node=" + node)), "carol", "upgrade", Optional.of(start),
                start.plusSeconds(600));
        assertThat(planned.state(Instant.now())).isEqualTo(Silence.SilenceState.PENDING);
        try (SilenceStore other = new SilenceStore(broker.properties(), Clock.systemUTC())) {
            other.start();
            assertThat(other.awaitCaughtUp(PATIENCE)).isTrue();
            assertThat(other.all()).contains(planned);
            other.expire(planned.id());
            await().atMost(PATIENCE).until(() -> store.all().stream()
                    .anyMatch(silence -> silence.id().equals(planned.id()) && silence.state(Instant.now()) == Silence.SilenceState.EXPIRED));
            assertThatIllegalArgumentException().isThrownBy(() -> other.expire(planned.id()))
                    .withMessage("there is no active or pending silence " + planned.id());
        }
        assertThatIllegalArgumentException().isThrownBy(() -> store.add(List.of(Matcher.parse("node=" + node)), "carol",
                "late", Optional.of(Instant.now().minusSeconds(60)), Instant.now().minusSeconds(30)))
                .withMessage("a silence must end in the future");
    }

    @Test
    void silencesThatEndedLongAgoAreRemovedFromTheTopic() throws Exception {
        Instant then = Instant.now().minus(SilenceStore.RETENTION).minusSeconds(600);
        Silence old;
        try (SilenceStore past = new SilenceStore(broker.properties(), Clock.fixed(then, java.time.ZoneOffset.UTC))) {
            old = past.add(List.of(Matcher.parse("node=" + node)), "carol", "old", Optional.empty(), then.plusSeconds(60));
        }
        await().atMost(PATIENCE).until(() -> store.all().contains(old));
        store.add(List.of(Matcher.parse("node=" + node)), "carol", "new", Optional.empty(), Instant.now().plusSeconds(60));
        assertThat(log.read(Topics.SILENCES)).last().satisfies(record -> {
            assertThat(new String(record.key())).isEqualTo(old.id());
            assertThat(record.value()).isNull();
        });
    }

    @Test
    void aRecordThatIsNoSilenceIsCountedAndMutesNothing() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        AtomicInteger unreadable = new AtomicInteger();
        log.write(Topics.SILENCES, node, "{\"broken".getBytes(StandardCharsets.UTF_8));
        try (SilenceStore other = new SilenceStore(broker.properties(), Clock.systemUTC(), unreadable::incrementAndGet);
                AlertService worker = start(meters)) {
            other.start();
            log.write(Alerts.firing(node));
            await().atMost(PATIENCE).until(() -> mine().size() == 1);
            assertThat(other.awaitCaughtUp(PATIENCE)).isTrue();
            assertThat(unreadable.get()).isPositive();
            assertThat(meters.get("watchdog.alerts.unreadable.silences").counter().count()).isEqualTo(unreadable.get());
            assertThat(worker.fault()).isEmpty();
        } finally {
            log.write(Topics.SILENCES, node, null);
        }
    }

    private AlertService start() {
        return start(new SimpleMeterRegistry());
    }

    private AlertService start(SimpleMeterRegistry meters) {
        AlertService worker = new AlertService(AlertSettings.defaults().withSinks(new Webhook(sink,
                Optional.of(server.url()), Optional.empty(), Optional.empty(), Optional.of(true))), broker.properties(), meters);
        worker.start();
        return worker;
    }

    /** Each worker owns some of the alerts. */
    private static void awaitPartitions(AlertService... workers) {
        for (AlertService worker : workers) {
            await().atMost(PATIENCE).until(() -> worker.obstacle().isEmpty());
        }
    }

    private List<String> mine() {
        return server.received().stream().filter(request -> request.line().startsWith("firing " + node))
                .map(request -> request.line() + " " + request.json().at("/alerts/0/fingerprint")).toList();
    }
}
