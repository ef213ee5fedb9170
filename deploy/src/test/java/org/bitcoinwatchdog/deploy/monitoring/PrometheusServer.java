package org.bitcoinwatchdog.deploy.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Debian's Prometheus with the shipped rules, scraping one process every half second. */
final class PrometheusServer implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("msg=\"Listening on\" address=(127\\.0\\.0\\.1:\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final String address;

    private PrometheusServer(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    static PrometheusServer scraping(String target, Path directory) throws IOException {
        String rules = RuleFiles.files().stream().map(file -> "  - " + file.toAbsolutePath())
                .collect(Collectors.joining("\n"));
        Path configuration = Files.writeString(directory.resolve("prometheus.yml"), """
                global: {scrape_interval: 500ms, scrape_timeout: 400ms, evaluation_interval: 1s}
                rule_files:
                %s
                scrape_configs:
                  - job_name: watchdog
                    static_configs: [{targets: ["%s"]}]
                """.formatted(rules, target));
        Path log = directory.resolve("prometheus.log");
        Process process = new ProcessBuilder("prometheus", "--config.file=" + configuration,
                "--storage.tsdb.path=" + directory.resolve("data"), "--web.listen-address=127.0.0.1:0")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        String address = Awaitility.await("Prometheus, whose log is " + log).atMost(Duration.ofSeconds(30))
                .until(() -> listening(Files.readString(log)), found -> !found.isEmpty());
        return new PrometheusServer(process, address);
    }

    /** The {@code data} of an answer. */
    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create("http://" + address + path)).build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode answer = new ObjectMapper().readTree(response.body());
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(path + ": " + response.body());
        }
        return answer.path("data");
    }

    /** The present series of the expression. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)).path("result");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static String listening(String log) {
        Matcher matcher = LISTENS.matcher(log);
        return matcher.find() ? matcher.group(1) : "";
    }
}
