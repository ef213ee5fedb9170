package org.bitcoinwatchdog.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.bitcoinwatchdog.alerts.WebhookServer.status;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.events.Severity;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bitcoinwatchdog.alerts.sinks.Pagerduty;
import org.bitcoinwatchdog.alerts.sinks.Slack;
import org.bitcoinwatchdog.alerts.sinks.Webhook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of sink against a real server. */
class SinkProbeIT {
    private static final byte[] KEY = "0123456789abcdef01234567".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final WebhookServer server = new WebhookServer();
    private AlertSettings settings;

    @BeforeEach
    void settings() throws Exception {
        Path slack = Files.writeString(directory.resolve("slack"), server.url() + "/services/T000/B000/s3cretPath\n");
        Path key = Files.writeString(directory.resolve("key"), "r0utingKey4711");
        Path signing = Files.writeString(
                directory.resolve("signing"), "whsec_" + Base64.getEncoder().encodeToString(KEY));
        settings = AlertSettings.defaults().withSinks(
                new Slack("ops", slack, Optional.of(true)),
                new Pagerduty("pager", key, Optional.of(base()), Optional.of(true)),
                new Webhook("hook", Optional.of(server.url()), Optional.empty(), Optional.of(signing),
                        Optional.of(true)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsATestAlertAndItsEndToEachSink() {
        assertThat(new SinkProbe(settings).sendTestAlert(Optional.empty(), Severity.INFO)).containsExactly(
                new SinkProbe.ProbeResult("ops", true, "ok", false), new SinkProbe.ProbeResult("pager", true, "ok", false),
                new SinkProbe.ProbeResult("hook", true, "ok", false));
        assertThat(server.received().stream().map(WebhookServer.Request::path)).containsExactly(
                "/hook/services/T000/B000/s3cretPath", "/hook/services/T000/B000/s3cretPath",
                "/v2/enqueue", "/v2/enqueue", "/hook", "/hook");
        assertThat(server.received().get(2).json().at("/event_action").asText()).isEqualTo("trigger");
        assertThat(server.received().get(3).json().at("/event_action").asText()).isEqualTo("resolve");
        assertThat(server.received().get(2).json().at("/dedup_key"))
                .isEqualTo(server.received().get(3).json().at("/dedup_key"));
    }

    @Test
    void aTestPageTakesTheRoutesOfARealOneAndNamesThem() {
        AlertSettings routed = settings.withRoutes(RouteSettings.of(Map.of("severity", "page", "network", "main"), "pager"),
                RouteSettings.of(Map.of("severity", "warn"), "ops"));
        assertThat(new SinkProbe(routed).sendByRoutes(Severity.PAGE)).containsExactly(
                new SinkProbe.ProbeResult("pager", true, "ok, by the route with match {network=main, severity=page}", false));
        assertThat(server.received().get(0).json().at("/payload/severity").asText()).isEqualTo("critical");
        assertThat(new SinkProbe(routed).sendByRoutes(Severity.INFO)).isEmpty();
    }

    @Test
    void aWebhookIsSignedOverTheBodyThatArrives() throws Exception {
        new SinkProbe(settings).sendTestAlert(Optional.of("hook"), Severity.INFO);
        WebhookServer.Request request = server.received().get(0);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        mac.update((request.id() + "." + request.headers().get("webhook-timestamp") + ".").getBytes(StandardCharsets.UTF_8));
        assertThat(request.headers().get("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(request.body())));
    }

    @Test
    void showsTheAnswerOfEachSinkWithoutItsSecrets() {
        server.always(exchange -> {
            byte[] echo = ("you sent " + exchange.getRequestURI() + " " + server.received()
                    .get(server.received().size() - 1).json().path("routing_key").asText()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(403, echo.length);
            exchange.getResponseBody().write(echo);
        });
        List<SinkProbe.ProbeResult> answers = new SinkProbe(settings).sendTestAlert(Optional.empty(), Severity.INFO);
        assertThat(answers).noneMatch(SinkProbe.ProbeResult::good).allMatch(answer -> answer.detail().startsWith("status 403: you"));
        assertThat(answers.toString()).doesNotContain("s3cretPath").doesNotContain("r0utingKey4711");
        assertThat(server.received()).hasSize(3);
    }

    @Test
    void reachingSendsNothing() {
        server.always(status(500));
        assertThat(new SinkProbe(settings).reach()).hasSize(3).allMatch(SinkProbe.ProbeResult::good);
        assertThat(server.received()).isEmpty();
    }

    @Test
    void internalAddressesAreRefusedUnlessAllowed() {
        AlertSettings careful = AlertSettings.defaults().withSinks(new Webhook(
                "hook", Optional.of(server.url()), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(new SinkProbe(careful).reach()).singleElement()
                .satisfies(answer -> assertThat(answer.detail()).contains("allow-private: true"));
        assertThat(new SinkProbe(careful).sendTestAlert(Optional.empty(), Severity.INFO)).noneMatch(SinkProbe.ProbeResult::good);
        assertThat(server.received()).isEmpty();
    }

    @Test
    void secretsThatCannotBeReadAreNamedAndTheOtherSinksAreTriedAllTheSame() throws Exception {
        Path wrong = Files.writeString(directory.resolve("wrong"), "not an address: hush-hush");
        AlertSettings broken = AlertSettings.defaults().withSinks(
                new Slack("lost", directory.resolve("gone"), Optional.empty()),
                new Slack("wrong", wrong, Optional.empty()),
                settings.sinks().get(2));
        List<SinkProbe.ProbeResult> answers = new SinkProbe(broken).checkSecrets();
        assertThat(answers.get(0).detail()).startsWith("sink lost: ").endsWith("gone does not exist");
        assertThat(answers.get(1).detail()).isEqualTo("sink wrong: the content of the url-file is not a URL");
        assertThat(answers.get(2).good()).isTrue();
    }

    @Test
    void aSinkThatIsNotThereIsAnError() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SinkProbe(settings).sendTestAlert(Optional.of("oops"), Severity.INFO))
                .withMessage("there is no sink named 'oops'. The configuration has ops, pager, hook");
    }

    private URI base() {
        return URI.create(server.url().toString().replace("/hook", "/"));
    }
}
