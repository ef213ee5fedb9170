package org.bitcoinwatchdog.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.deploy.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code watchdog up} as a process of its own. */
class UpIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)/metrics");

    @TempDir
    Path directory;

    @Test
    void servesItsMetricsAndEndsWithZeroOnSigterm() throws Exception {
        assumeTrue(mayTrace(), "the agent can't trace here");
        Path config = Files.writeString(directory.resolve("watchdog.yaml"),
                "state-dir: state\nhttp: {listen: 127.0.0.1:0}\n");
        Path log = directory.resolve("log");
        Process up = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Main.class.getName(), "up", "--config", config.toString())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            String address = await().atMost(LIMIT).until(() -> address(up, log), Optional::isPresent).orElseThrow();
            assertThat(get(address + "/healthz").statusCode()).isEqualTo(200);
            // Does not wait for the agent, which is ready only if a bitcoind runs.
            await().atMost(LIMIT).untilAsserted(() ->
                    assertThat(get(address + "/readyz").body()).contains("kafka: ok", "detectors: ok", "alerts: ok"));
            assertThat(get(address + "/metrics").statusCode()).isEqualTo(200);
            ProcessHandle broker = up.children().findFirst().orElseThrow();

            up.destroy(); // SIGTERM

            assertThat(up.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as(Files.readString(log)).isTrue();
            assertThat(up.exitValue()).as(Files.readString(log)).isZero();
            assertThat(broker.isAlive()).isFalse();
        } finally {
            up.destroyForcibly();
        }
    }

    private static Optional<String> address(Process up, Path log) throws IOException {
        assertThat(up.isAlive()).as(Files.readString(log)).isTrue();
        Matcher found = ADDRESS.matcher(Files.readString(log));
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private static HttpResponse<String> get(String uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
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
