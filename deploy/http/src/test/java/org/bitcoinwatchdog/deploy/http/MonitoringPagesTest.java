package org.bitcoinwatchdog.deploy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MonitoringPagesTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient client = HttpClient.newHttpClient();
    private Optional<String> obstacle = Optional.empty();
    private Optional<String> fault = Optional.empty();
    private WebServer server;

    @BeforeEach
    void start() throws IOException {
        HealthChecks checks = new HealthChecks();
        checks.health("agent", () -> fault);
        checks.readiness("kafka", () -> obstacle);
        checks.readiness(new ReadinessCheck("sink ops", () -> Readiness.ready("last success a minute ago")));
        HttpSettings settings = new HttpSettings("127.0.0.1:0");
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
