package org.bitcoinwatchdog.alerts.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bitcoinwatchdog.alerts.WebhookServer.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.WebhookServer;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each kind of sink posts, as a real server receives it. */
class HttpSinksIT {
    @TempDir
    Path directory;

    private final WebhookServer server = new WebhookServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void telegramGetsPlainTextWithoutMarkup() throws Exception {
        send(telegram(), Notifications.of(Alerts.annotated(Alerts.firing("alice"), Alert.SUMMARY, "<b>*peers*</b> @all")));
        assertThat(server.received().get(0).path()).isEqualTo("/bot123:tOken4711/sendMessage");
        JsonNode message = server.received().get(0).json();
        assertThat(message.path("chat_id").asText()).isEqualTo("-100");
        assertThat(message.has("parse_mode")).isFalse();
        assertThat(message.path("text").asText()).startsWith("FIRING page: AddressFlood, alice\n<b>*peers*</b> @all\n");
    }

    @Test
    void telegramsMessagesStayBelowItsLimit() throws Exception {
        Alert[] many = java.util.stream.IntStream.range(0, 200).mapToObj(i -> Alerts.firing("node-" + i)).toArray(Alert[]::new);
        send(telegram(), Notifications.of(many));
        assertThat(server.received().get(0).json().path("text").asText())
                .hasSizeLessThanOrEqualTo(4_096).containsPattern("and 1\\d\\d more alerts\\Z");
    }

    @Test
    void telegramSaysInItsBodyHowLongToWaitAndRepeatsNoToken() throws Exception {
        server.always(exchange -> {
            byte[] body = ("{\"ok\":false,\"description\":\"" + exchange.getRequestURI() + "\",\"parameters\":{\"retry_after\": 7}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(429, body.length);
            exchange.getResponseBody().write(body);
        });
        SendOutcome outcome = send(telegram(), Notifications.of(Alerts.firing("alice")));
        assertThat(((SendOutcome.Answered) outcome).retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(outcome.detail()).doesNotContain("4711");
    }

    @Test
    void aCloudEventHoldsTheWebhooksBody() {
        SinkSettings settings = new Webhook("hook", Optional.of(server.url()), Optional.empty(), Optional.empty(),
                Optional.of(Webhook.WebhookFormat.CLOUDEVENTS), Optional.empty(), Optional.of(true));
        send(settings, Notifications.of(Alerts.resolved(Alerts.firing("alice"))));
        WebhookServer.Request request = server.received().get(0);
        assertThat(request.headers()).containsEntry("Content-Type", "application/cloudevents+json; charset=UTF-8")
                .containsEntry("webhook-id", "wd_0123");
        JsonNode event = request.json();
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("id").asText()).isEqualTo("wd_0123");
        assertThat(event.path("type").asText()).isEqualTo("org.bitcoinwatchdog.alerts.resolved");
        assertThat(URI.create(event.path("source").asText())).isNotNull();
        assertThat(Instant.parse(event.path("time").asText())).isEqualTo(Alerts.START.plusSeconds(60));
        assertThat(event.at("/data/alerts/0/labels/node").asText()).isEqualTo("alice");
    }

    @Test
    void alertmanagerGetsAnEndAheadWhileAnAlertFiresAndTheEndOfTheEarlierSeverity() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "bearer-4711");
        SinkSettings settings = new Alertmanager("am", base(), Optional.of(token), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(true));
        Alert warn = Alerts.withSeverity(Alerts.firing("alice"), Severity.WARN);
        send(settings, new Notification("id", "am", "key", new TreeMap<>(Map.of()),
                List.of(new NotifiedAlert(warn, NotificationReason.SEVERITY_CHANGED, Optional.of(Severity.PAGE))), Optional.empty()));
        WebhookServer.Request request = server.received().get(0);
        assertThat(request.path()).isEqualTo("/api/v2/alerts");
        assertThat(request.headers()).containsEntry("Authorization", "Bearer bearer-4711");
        JsonNode alerts = request.json();
        assertThat(alerts).hasSize(2);
        assertThat(alerts.at("/0/labels/severity").asText()).isEqualTo("page");
        assertThat(Instant.parse(alerts.at("/0/endsAt").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(alerts.at("/1/labels/severity").asText()).isEqualTo("warn");
        assertThat(Instant.parse(alerts.at("/1/endsAt").asText())).isAfter(Instant.now().plusSeconds(120));
    }

    @Test
    void alertmanagerGetsAUsernameAndAPassword() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), "pass-4711\n");
        SinkSettings settings = new Alertmanager("am", base(), Optional.empty(), Optional.of("watchdog"),
                Optional.of(password), Optional.empty(), Optional.empty(), Optional.of(true));
        send(settings, Notifications.of(Alerts.firing("alice")));
        assertThat(server.received().get(0).headers())
                .containsEntry("Authorization", "Basic d2F0Y2hkb2c6cGFzcy00NzEx"); // printf watchdog:pass-4711 | base64
    }

    @Test
    void aRefusalShowsNoSecret() throws Exception {
        server.always(status(403));
        assertThat(send(telegram(), Notifications.of(Alerts.firing("alice"))).detail()).isEqualTo("status 403: answer 403");
    }

    private SinkSettings telegram() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "123:tOken4711\n");
        return new Telegram("chat", token, "-100", Optional.of(base()), Optional.empty(), Optional.of(true));
    }

    private URI base() {
        return URI.create(server.url().toString().replace("/hook", "/"));
    }

    private static SendOutcome send(SinkSettings settings, Notification notification) {
        try (Sink sink = new Sinks(AlertSettings.defaults(), Clock.systemUTC()).open(settings)) {
            return sink.send(notification);
        }
    }
}
