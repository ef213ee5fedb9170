package org.bitcoinwatchdog.deploy.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.bitcoinwatchdog.deploy.doctor.Doctor.DoctorCheck;
import org.bitcoinwatchdog.deploy.http.HttpSettings;

/**
 * What the watchdog that runs with this configuration says at {@code /readyz}, such as that Kafka refuses its events. That no
 * watchdog runs is no finding.
 */
final class RunningExamination implements DoctorCheck {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int MOST_CHARACTERS = 2_000;
    private static final int READY = 200;
    private static final int NOT_READY = 503;

    private final HttpSettings http;

    RunningExamination(HttpSettings http) {
        this.http = http;
    }

    @Override
    public List<DoctorFinding> findings() {
        String host = http.host().contains(":") ? "[" + http.host() + "]" : http.host();
        URI address = URI.create("http://" + host + ":" + http.port() + "/readyz");
        try {
            HttpResponse<String> answer = HttpClient.newBuilder().connectTimeout(LIMIT).build()
                    .send(HttpRequest.newBuilder(address).timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
            String text = String.join("; ", answer.body().lines().toList());
            return switch (answer.statusCode()) {
                case READY -> List.of(DoctorFinding.ok("running watchdog", "ready"));
                case NOT_READY -> List.of(DoctorFinding.obstacle("running watchdog",
                        "not ready: " + text.substring(0, Math.min(text.length(), MOST_CHARACTERS)), "see its log"));
                default -> List.of(DoctorFinding.warn("running watchdog",
                        address + " answers with status " + answer.statusCode(), "check http.listen: another program may listen there"));
            };
        } catch (java.net.ConnectException e) {
            return List.of();
        } catch (IOException e) {
            return List.of(DoctorFinding.warn("running watchdog", address + " does not answer: " + e, "see its log"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
