package org.bitcoinwatchdog.deploy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.bitcoinwatchdog.deploy.http.ReadinessCheck.ReadyState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoringPagesTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient client = HttpClient.newHttpClient();
    private Optional<String> obstacle = Optional.empty();
    private Optional<String> fault = Optional.empty();
    private WebServer server;

    @BeforeEach
    void start() throws IOException {
        start(new HttpSettings("127.0.0.1:0"));
    }

    private void start(HttpSettings settings) throws IOException {
        HealthChecks checks = new HealthChecks();
        checks.health("agent", () -> fault);
        checks.readiness("kafka", () -> obstacle);
        checks.readiness(new ReadinessCheck("sink ops", () -> ReadyState.ready("last success a minute ago")));
        server = new WebServer(settings);
        new MonitoringPages(settings, registry, checks).mount(server);
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesMetricsInPrometheusFormat() throws Exception {
        registry.counter("watchdog.sample").increment(3);
        assertThat(get("/metrics").body()).contains("# TYPE watchdog_sample_total counter", "watchdog_sample_total 3.0");
    }

    @Test
    void isHealthyUntilAPartHasEndedByAFault() throws Exception {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        fault = Optional.of("publishing has ended by a fault");
        HttpResponse<String> unhealthy = get("/healthz");
        assertThat(unhealthy.statusCode()).isEqualTo(503);
        assertThat(unhealthy.body()).isEqualTo("agent: publishing has ended by a fault\n");
    }

    @Test
    void isReadyOnlyWhenEveryPartIs() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        obstacle = Optional.of("does not answer");
        HttpResponse<String> notReady = get("/readyz");
        assertThat(notReady.statusCode()).isEqualTo(503);
        assertThat(notReady.body()).isEqualTo("kafka: does not answer\nsink ops: last success a minute ago\n");
    }

    @Test
    void knowsNothingElse() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/metrics/more").statusCode()).isEqualTo(404);
        assertThat(send(HttpRequest.newBuilder(uri("/metrics")).DELETE()).statusCode()).isEqualTo(405);
    }

    @Test
    void protectedMetricsNeedThePasswordAndProbesGetTheStatusAlone(@TempDir Path directory) throws Exception {
        server.close();
        Path users = Files.writeString(directory.resolve("users"), "ann:a-long-password\n");
        start(new HttpSettings("127.0.0.1:0", Optional.empty(), Optional.of(users), Set.of(), true));
        String ann = "Basic " + Base64.getEncoder().encodeToString("ann:a-long-password".getBytes(StandardCharsets.UTF_8));
        obstacle = Optional.of("node alice has stopped");

        HttpResponse<String> refused = get("/metrics");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Basic ");
        assertThat(send(HttpRequest.newBuilder(uri("/metrics")).header("Authorization", ann)).statusCode()).isEqualTo(200);
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).isEqualTo("not ok\n");
        assertThat(send(HttpRequest.newBuilder(uri("/readyz")).header("Authorization", ann)).body()).contains("node alice has stopped");
    }

    @Test
    void aStrangersPageThatResolvesToLoopbackReadsNothing() throws Exception {
        String answer = HostileClients.exchange(server.address(),
                "GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII), Duration.ofSeconds(10));
        assertThat(answer).startsWith("HTTP/1.1 421 ");
        String ready = HostileClients.exchange(server.address(),
                "GET /readyz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII), Duration.ofSeconds(10));
        assertThat(ready).startsWith("HTTP/1.1 200 ").endsWith("\r\nok\n");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }
}
