package org.bitcoinwatchdog.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bitcoinwatchdog.alerts.sinks.Alertmanager;
import org.bitcoinwatchdog.alerts.sinks.SinkSettings;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;
import org.bitcoinwatchdog.testing.TestBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Alertmanager behind the sink. */
@Timeout(120)
class AlertmanagerIT {
    private static final String PROGRAM = "prometheus-alertmanager";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final String node = "am-" + UUID.randomUUID();
    private URI url;
    private Process alertmanager;

    @BeforeEach
    void start() throws Exception {
        Optional<Path> program = Arrays.stream(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, PROGRAM))
                .filter(Files::isExecutable).findFirst();
        assumeTrue(program.isPresent(), PROGRAM + " is not on the PATH");
        Path config = Files.writeString(directory.resolve("alertmanager.yml"), "route: {receiver: none}\nreceivers: [{name: none}]\n");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        url = URI.create("http://127.0.0.1:" + port);
        alertmanager = new ProcessBuilder(program.get().toString(), "--config.file=" + config, "--storage.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port, "--cluster.listen-address=")
                .redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile()).start();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> !alertmanager.isAlive() || get("/-/ready").statusCode() == 200);
        String log = Files.readString(directory.resolve("log"));
        assumeFalse(log.contains("default.tmpl: no such file"), "Alertmanager, unpacked without being root, lacks its templates");
        assertThat(alertmanager.isAlive()).as(log).isTrue();
    }

    @AfterEach
    void stop() throws Exception {
        if (alertmanager != null) {
            alertmanager.destroyForcibly().waitFor();
        }
    }

    @Test
    void showsKeepsSilencesAndResolvesAFiringAlert() throws Exception {
        TestBroker broker = SharedBroker.get();
        SinkSettings sink = new Alertmanager("am-" + node, url, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.of(Duration.ofSeconds(1)), Optional.empty(), Optional.of(true));
        AlertSettings settings = AlertSettings.defaults().withSinks(sink)
                .withRoutes(RouteSettings.of(Map.of("node", node), sink.name()));
        Alert page = Alerts.firing(node);
        Alert warn = Alerts.withSeverity(page, Severity.WARN);
        try (AlertLog log = new AlertLog(broker.properties());
                AlertService worker = new AlertService(settings, broker.properties(), new SimpleMeterRegistry())) {
            worker.start();
            log.write(page);
            await().atMost(PATIENCE).until(() -> states().equals(List.of("page active")));
            Instant end = Instant.parse(alerts().get(0).path("endsAt").asText());
            await().atMost(PATIENCE).until(() -> Instant.parse(alerts().get(0).path("endsAt").asText()).isAfter(end));

            log.write(warn);
            await().atMost(PATIENCE).until(() -> states().equals(List.of("warn active")));

            silence();
            await().atMost(PATIENCE).until(() -> states().equals(List.of("warn suppressed")));

            log.write(Alerts.resolved(warn));
            await().atMost(PATIENCE).until(() -> states().isEmpty());
            assertThat(worker.fault()).isEmpty();
        }
    }

    private void silence() throws Exception {
        String body = "{\"matchers\":[{\"name\":\"node\",\"value\":\"" + node + "\",\"isRegex\":false}],\"startsAt\":\""
                + Instant.now() + "\",\"endsAt\":\"" + Instant.now().plusSeconds(600) + "\",\"createdBy\":\"carol\",\"comment\":\"test\"}";
        int status = http.send(HttpRequest.newBuilder(url.resolve("/api/v2/silences")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.ofString()).statusCode();
        assertThat(status).isEqualTo(200);
    }

    private List<String> states() throws Exception {
        return java.util.stream.StreamSupport.stream(alerts().spliterator(), false)
                .map(alert -> alert.at("/labels/severity").asText() + " " + alert.at("/status/state").asText()).toList();
    }

    private JsonNode alerts() throws Exception {
        return json.readTree(get("/api/v2/alerts").body());
    }

    private java.net.http.HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(url.resolve(path)).build(), BodyHandlers.ofString());
    }
}
