package org.bitcoinwatchdog.alerts.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.events.Alert;
import org.junit.jupiter.api.Test;

class WebhookBodyTest {
    private final Alert alice = Alerts.firing("alice");
    private final Alert bob = Alerts.resolved(Alerts.firing("bob"));

    @Test
    void hasTheFieldsOfAlertmanagersVersionFour() throws Exception {
        JsonNode body = body(alice, bob);
        assertThat(names(body)).containsExactlyInAnyOrder("version", "groupKey", "truncatedAlerts", "status",
                "receiver", "groupLabels", "commonLabels", "commonAnnotations", "externalURL", "alerts");
        assertThat(body.at("/version").asText()).isEqualTo("4");
        assertThat(body.at("/truncatedAlerts").isInt()).isTrue();
        assertThat(body.at("/status").asText()).isEqualTo("firing");
        assertThat(body.at("/receiver").asText()).isEqualTo("hook");
        assertThat(body.at("/externalURL").asText()).isEqualTo("https://watchdog.example.org");
        assertThat(body.at("/alerts/0/generatorURL").asText()).isEqualTo("https://watchdog.example.org/#/alerts/" + body.at("/alerts/0/fingerprint").asText());
        assertThat(body.at("/groupLabels/detector").asText()).isEqualTo("address-flooding");
        assertThat(names(body.at("/alerts/0"))).containsExactlyInAnyOrder(
                "status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint");
    }

    @Test
    void anAlertThatFiresEndsAtGosZeroTime() throws Exception {
        JsonNode body = body(alice, bob);
        assertThat(body.at("/alerts/0/endsAt").asText()).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(body.at("/alerts/1/endsAt").asText()).isEqualTo("2026-11-22T15:01:00Z");
        assertThat(body.at("/alerts/1/status").asText()).isEqualTo("resolved");
    }

    @Test
    void labelsThatAllAlertsShareAreCommon() throws Exception {
        JsonNode body = body(alice, bob);
        assertThat(names(body.at("/commonLabels"))).containsExactlyInAnyOrder("alertname", "severity", "network", "detector");
        assertThat(names(body.at("/commonAnnotations"))).containsExactly("description");
    }

    @Test
    void isResolvedWhenAllItsAlertsAre() throws Exception {
        assertThat(body(bob).at("/status").asText()).isEqualTo("resolved");
    }

    @Test
    void alertsThatAreLeftOutAreCounted() throws Exception {
        NotifiedAlert told = new NotifiedAlert(bob, NotificationReason.ENDED);
        JsonNode body = new JsonMapper().readTree(WebhookBody.of(
                new Notification("id", "hook", "key", new TreeMap<>(), List.of(told), 200, Optional.empty())));
        assertThat(body.at("/truncatedAlerts").asInt()).isEqualTo(200);
    }

    private static List<String> names(JsonNode node) {
        Iterable<String> names = () -> (Iterator<String>) node.fieldNames();
        return java.util.stream.StreamSupport.stream(names.spliterator(), false).toList();
    }

    private static JsonNode body(Alert... alerts) throws Exception {
        List<NotifiedAlert> notified = java.util.Arrays.stream(alerts)
                .map(alert -> new NotifiedAlert(alert, alert.firing() ? NotificationReason.BEGAN : NotificationReason.ENDED)).toList();
        return new JsonMapper().readTree(WebhookBody.of(new Notification("id", "hook", "key",
                new TreeMap<>(Map.of("detector", "address-flooding")), notified,
                Optional.of(URI.create("https://watchdog.example.org")))));
    }
}
