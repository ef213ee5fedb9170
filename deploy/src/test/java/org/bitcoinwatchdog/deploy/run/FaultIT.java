package org.bitcoinwatchdog.deploy.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If a thread of a part has ended, the process is not healthy and must end. */
class FaultIT {
    @TempDir
    Path directory;

    @Test
    void anAgentThatNoLongerPublishesIsUnhealthyAndEndsItsProcess() throws Exception {
        assumeTrue(mayTrace(), "the agent can't trace here");
        WatchdogConfiguration configuration = WatchdogConfiguration.read(Files.writeString(
                directory.resolve("watchdog.yaml"), """
                state-dir: %s
                http: {listen: "127.0.0.1:0"}
                kafka: {bootstrap.servers: "127.0.0.1:1"}
                agent: {nodes: [{bitcoind: /none/bitcoind}]}
                """.formatted(directory.resolve("state"))));
        try (Parts parts = new Parts(configuration, KafkaConnection.orEmbedded(configuration))) {
            parts.startAgent();
            parts.startMonitoring();
            URI health = parts.monitoring().orElseThrow().resolve("/healthz");
            assertThat(entry(get(health).statusCode(), get(health).body())).isEqualTo(entry(200, "broker: ok\nkafka: ok\nagent: ok\n"));
            assertThat(parts.failed()).isNotDone();

            Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("publish"))
                    .forEach(Thread::interrupt);

            assertThat(parts.failed().get(30, TimeUnit.SECONDS)).isEqualTo("the agent: publishing has ended by a fault");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(entry(get(health).statusCode(), get(health).body()))
                    .isEqualTo(entry(503, "broker: ok\nkafka: ok\nagent: publishing has ended by a fault\n")));
        }
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static boolean mayTrace() {
        try {
            Tracing.check();
            return true;
        } catch (KernelException e) {
            return false;
        }
    }
}
