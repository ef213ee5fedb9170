package org.bitcoinwatchdog.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.testing.TestBroker;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers in their own processes, which are killed. */
@Timeout(3_600)
class WorkerCrashIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int EACH_ROUND = 8;

    @TempDir
    static Path directory;

    private static TestBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = SharedBroker.get();
    }

    @Test
    void aWorkerThatDiesInTheMiddleOfASendRepeatsThatOneWithTheSameKey() throws Exception {
        CountDownLatch dead = new CountDownLatch(1);
        Alert before = on("mid-send", "mid-before");
        Alert during = on("mid-send", "mid-during");
        try (WebhookServer server = new WebhookServer(); AlertLog log = new AlertLog(broker.properties())) {
            Process worker = worker("mid-send", server);
            log.write(before);
            await().atMost(PATIENCE).until(() -> server.lines().contains("firing mid-before"));
            server.always(exchange -> {
                dead.await();
                WebhookServer.status(200).to(exchange);
            });
            log.write(during, Alerts.resolved(during));
            await().atMost(PATIENCE).until(() -> server.received().size() == 2);
            kill(worker);
            dead.countDown();
            Process next = worker("mid-send", server);
            await().atMost(PATIENCE).until(() -> server.lines().contains("resolved mid-during"));
            kill(next);
            assertThat(mine(server, "mid-")).containsExactly(
                    "firing mid-before", "firing mid-during", "firing mid-during", "resolved mid-during");
            assertThat(server.received().stream().filter(request -> request.line().equals("firing mid-during"))
                    .map(WebhookServer.Request::id).distinct()).hasSize(1);
        }
    }

    /** Set {@code -Dwatchdog.crash.rounds=100} for a long run. */
    @Test
    void workersKilledAtRandomMomentsNotifyOfEverything() throws Exception {
        int rounds = Integer.getInteger("watchdog.crash.rounds", 5);
        Random random = new Random(5);
        List<Alert> alerts = new ArrayList<>();
        try (WebhookServer server = new WebhookServer(); AlertLog log = new AlertLog(broker.properties())) {
            for (int round = 0; round < rounds; round++) {
                for (Alert alert : alerts.subList(Math.max(0, alerts.size() - EACH_ROUND), alerts.size())) {
                    log.write(Alerts.resolved(alert));
                }
                for (int i = 0; i < EACH_ROUND; i++) {
                    alerts.add(on("kills", "kill-" + round + "-" + i));
                    log.write(alerts.get(alerts.size() - 1));
                }
                Process worker = worker("kills", server);
                if (random.nextInt(3) == 0) {
                    worker.waitFor(random.nextInt(3_000), TimeUnit.MILLISECONDS); // also while it starts
                } else {
                    int enough = mine(server, "kill-").size() + 1 + random.nextInt(EACH_ROUND);
                    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> mine(server, "kill-").size() >= enough);
                }
                kill(worker);
            }
            for (Alert alert : alerts.subList(alerts.size() - EACH_ROUND, alerts.size())) {
                log.write(Alerts.resolved(alert));
            }
            Process worker = worker("kills", server);
            await().atMost(PATIENCE).until(() -> mine(server, "kill-").stream().distinct().count() == 2L * alerts.size());
            kill(worker);
            List<String> told = mine(server, "kill-");
            Set<String> once = new LinkedHashSet<>(told);
            alerts.forEach(alert -> assertThat(once).containsSubsequence(
                    "firing " + alert.labels().get(Alert.NODE), "resolved " + alert.labels().get(Alert.NODE)));
            assertThat(told.size() - once.size()).as("repeated, at most one for each kill").isLessThanOrEqualTo(rounds);
            assertThat(server.received().stream().map(request -> request.line() + " " + request.id()).distinct())
                    .as("one key for each").hasSize((int) server.lines().stream().distinct().count());
            System.out.println(rounds + " kills, " + alerts.size() + " alerts, " + (told.size() - once.size()) + " repeated with their key");
        }
    }

    /** The alerts have their own network, so records of other tests in the topic do not reach the workers. */
    private static Alert on(String sink, String node) {
        return Alerts.labelled(Alerts.firing(node), Map.of(Alert.NETWORK, sink));
    }

    private static List<String> mine(WebhookServer server, String prefix) {
        List<String> lines = new ArrayList<>(server.lines());
        lines.removeIf(line -> !line.contains(prefix));
        return lines;
    }

    private static Process worker(String sink, WebhookServer server) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), WorkerMain.class.getName(),
                broker.address(), sink, server.url().toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("worker-" + System.nanoTime() + ".log").toFile())
                .start();
    }

    /** As {@code kill -9} does. */
    private static void kill(Process worker) throws InterruptedException {
        worker.destroyForcibly().waitFor();
    }
}
