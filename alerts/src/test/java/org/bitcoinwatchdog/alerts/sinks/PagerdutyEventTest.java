package org.bitcoinwatchdog.alerts.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.TemplateSettings;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.text.Wording;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.Test;

class PagerdutyEventTest {
    private static final Wording WORDING = new Wording(TemplateSettings.defaults());

    private final Alert page = Alerts.firing("alice");

    @Test
    void aPageTriggersACriticalIncident() throws Exception {
        JsonNode event = event(page, NotificationReason.BEGAN);
        assertThat(event.at("/routing_key").asText()).isEqualTo("R0KEY");
        assertThat(event.at("/event_action").asText()).isEqualTo("trigger");
        assertThat(event.at("/dedup_key").asText()).isEqualTo(page.fingerprint());
        assertThat(event.at("/client_url").asText()).isEqualTo("https://watchdog.example.org/#/alerts/" + page.fingerprint());
        assertThat(event.at("/links").findValuesAsText("text")).startsWith("Open", "Silence");
        assertThat(event.at("/payload/severity").asText()).isEqualTo("critical");
        assertThat(event.at("/payload/source").asText()).isEqualTo("alice");
        assertThat(event.at("/payload/summary").asText())
                .isEqualTo("FIRING page: AddressFlood, alice. 6 peers flood alice with addresses");
        assertThat(event.at("/payload/timestamp").asText()).isEqualTo("2026-11-22T15:00:00Z");
    }

    @Test
    void itsEndResolvesTheSameIncident() throws Exception {
        JsonNode event = event(Alerts.resolved(page), NotificationReason.ENDED);
        assertThat(event.at("/event_action").asText()).isEqualTo("resolve");
        assertThat(event.at("/dedup_key").asText()).isEqualTo(page.fingerprint());
    }

    @Test
    void aChangeOfSeverityStaysInTheIncident() throws Exception {
        JsonNode event = event(Alerts.withSeverity(page, Severity.WARN), NotificationReason.SEVERITY_CHANGED);
        assertThat(event.at("/payload/severity").asText()).isEqualTo("warning");
        assertThat(event.at("/dedup_key").asText()).isEqualTo(page.fingerprint());
    }

    @Test
    void keepsPagerdutysLimits() throws Exception {
        Evidence endless = new Evidence(List.of(Measurement.against("discarded-entries", 5_000, 500, "entries")),
                Map.of("peers", Collections.nCopies(10_000, "x".repeat(10_000))), false);
        Alert large = new Alert(AlertStatus.FIRING, page.labels(), Alerts.annotated(Alerts.annotated(page, Alert.SUMMARY,
                "s".repeat(5_000)), Alert.DESCRIPTION, "d".repeat(1_000_000)).annotations(), page.startsAt(),
                page.updatedAt(), null, null, endless);
        byte[] json = PagerdutyEvent.of(new NotifiedAlert(large, NotificationReason.BEGAN), Secret.of("k"), Optional.empty(), WORDING);
        assertThat(json.length).isLessThan(512 * 1024);
        JsonNode event = new JsonMapper().readTree(json);
        assertThat(event.at("/payload/summary").asText()).hasSize(1_024);
        assertThat(event.at("/payload/custom_details/peers")).hasSize(50);
        assertThat(event.at("/payload/custom_details/measured/discarded-entries").asText())
                .isEqualTo("5000.0 entries, threshold 500.0");
        assertThat(event.at("/payload/custom_details/evidence_complete").asBoolean()).isFalse();
    }

    private static JsonNode event(Alert alert, NotificationReason reason) throws Exception {
        return new JsonMapper().readTree(PagerdutyEvent.of(new NotifiedAlert(alert, reason), Secret.of("R0KEY"),
                Optional.of(URI.create("https://watchdog.example.org")), WORDING));
    }
}
