package org.bitcoinwatchdog.deploy.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void isReadyOnceTheStreamsRunAndPartitionsAreReadAndUnhealthyWithoutItsBroker() throws Exception {
        WatchdogConfiguration configuration = WatchdogConfiguration.read(Files.writeString(
                directory.resolve("watchdog.yaml"), """
                state-dir: %s
                http: {listen: "127.0.0.1:0"}
                alerts:
                  sinks: [{name: hook, type: webhook, url: "https://example.org/hook"}]
                """.formatted(directory.resolve("state"))));
        KafkaConnection kafka = KafkaConnection.orEmbedded(configuration);
        try (Parts parts = new Parts(configuration, kafka)) {
            parts.prepareTopics();
            parts.startAlerts();
            parts.startDetectors();
            parts.startMonitoring();
            URI address = parts.monitoring().orElseThrow();

            await().atMost(LIMIT).untilAsserted(() -> {
                HttpResponse<String> ready = get(address, "/readyz");
                assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
            });
            assertThat(get(address, "/readyz").body()).isEqualTo("""
                    kafka: ok
                    alerts: ok
                    sink hook: no notification since the start
                    detectors: ok
                    """);
            assertThat(get(address, "/healthz").statusCode()).isEqualTo(200);

            kafka.close();
            await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(get(address, "/readyz").body()).contains("kafka: does not answer");
                HttpResponse<String> health = get(address, "/healthz");
                assertThat(health.statusCode()).isEqualTo(503);
                assertThat(health.body()).contains("broker: the embedded broker has ended");
            });
        }
    }

    private HttpResponse<String> get(URI address, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
