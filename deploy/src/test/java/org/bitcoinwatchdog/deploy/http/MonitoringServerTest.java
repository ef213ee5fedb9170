package org.bitcoinwatchdog.deploy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.config.HttpSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MonitoringServerTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient client = HttpClient.newHttpClient();
    private Optional<String> obstacle = Optional.empty();
    private MonitoringServer server;

    @BeforeEach
    void start() throws IOException {
        ReadinessCheck kafka = new ReadinessCheck("kafka", () -> obstacle);
        ReadinessCheck agent = new ReadinessCheck("agent", Optional::empty);
        server = new MonitoringServer(new HttpSettings("127.0.0.1:0"), registry, List.of(kafka, agent));
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
    void isHealthyWhileItAnswers() throws Exception {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void isReadyOnlyWhenEveryPartIs() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        obstacle = Optional.of("does not answer");
        HttpResponse<String> notReady = get("/readyz");
        assertThat(notReady.statusCode()).isEqualTo(503);
        assertThat(notReady.body()).isEqualTo("kafka: does not answer\nagent: ok\n");
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
