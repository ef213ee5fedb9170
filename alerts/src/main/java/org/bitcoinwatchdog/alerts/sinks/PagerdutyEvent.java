package org.bitcoinwatchdog.alerts.sinks;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.text.AlertFacts;
import org.bitcoinwatchdog.alerts.text.AlertLinks;
import org.bitcoinwatchdog.alerts.text.Wording;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.SafeText;

/**
 * An event of PagerDuty's Events API v2. The fingerprint of the alert is the dedup_key: all its events belong to one incident,
 * and a repeated event changes nothing.
 */
final class PagerdutyEvent {
    /** PagerDuty's limits. */
    private static final int LARGEST_EVENT_BYTES = 512 * 1_000;
    private static final int LONGEST_SUMMARY = 1_024;
    private static final int LONGEST_DESCRIPTION = 20_000;
    private static final int LONGEST_SUBJECT = 200;
    private static final int MOST_SUBJECTS = 50;
    private static final String CLIENT = "bitcoind watchdog";

    private PagerdutyEvent() {
    }

    static byte[] of(NotifiedAlert notified, Secret routingKey, Optional<URI> externalUrl, Wording wording) {
        byte[] whole = of(notified, routingKey, externalUrl, wording, details(notified.alert()));
        return whole.length <= LARGEST_EVENT_BYTES
                ? whole
                : of(notified, routingKey, externalUrl, wording, Map.of("details", "left out: the event would be too large"));
    }

    private static byte[] of(NotifiedAlert notified, Secret routingKey, Optional<URI> externalUrl, Wording wording,
            Map<String, Object> details) {
        Alert alert = notified.alert();
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("routing_key", routingKey.reveal());
        event.put("event_action", alert.firing() ? "trigger" : "resolve");
        event.put("dedup_key", alert.fingerprint());
        event.put("client", CLIENT);
        AlertLinks.page(externalUrl, alert).ifPresent(url -> event.put("client_url", url));
        event.put("payload", payload(notified, wording, details));
        Map<String, String> links = AlertLinks.of(externalUrl, alert);
        if (!links.isEmpty()) {
            event.put("links", links.entrySet().stream().map(link -> Map.of("href", link.getValue(), "text", link.getKey())).toList());
        }
        return Sinks.json(event);
    }

    private static Map<String, Object> payload(NotifiedAlert notified, Wording wording, Map<String, Object> details) {
        Alert alert = notified.alert();
        String place = AlertFacts.place(alert);
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("summary", SafeText.cut(wording.title(notified, LONGEST_SUMMARY) + ". "
                + wording.text(notified, LONGEST_SUMMARY).lines().findFirst().orElse(""), LONGEST_SUMMARY));
        payload.put("source", place.isEmpty() ? CLIENT : place);
        payload.put("severity", severity(alert));
        payload.put("timestamp", alert.updatedAt().toString());
        payload.put("component", "bitcoind");
        payload.put("group", AlertFacts.label(alert, Alert.NETWORK));
        payload.put("class", AlertFacts.label(alert, Alert.ALERTNAME));
        payload.put("custom_details", details);
        return payload;
    }

    private static String severity(Alert alert) {
        return switch (alert.severity()) {
            case PAGE -> "critical";
            case WARN -> "warning";
            case INFO -> "info";
        };
    }

    private static Map<String, Object> details(Alert alert) {
        Evidence evidence = alert.evidence();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("description", SafeText.prose(
                alert.annotations().getOrDefault(Alert.DESCRIPTION, ""), LONGEST_DESCRIPTION));
        details.put("times", AlertFacts.times(alert));
        details.put("labels", alert.labels());
        details.put("measured", evidence.measurements().stream()
                .collect(Collectors.toMap(Measurement::name, PagerdutyEvent::words, (a, b) -> a, LinkedHashMap::new)));
        evidence.subjects().forEach((kind, subjects) -> details.put(kind, subjects.stream()
                .limit(MOST_SUBJECTS)
                .map(subject -> SafeText.proseLine(subject, LONGEST_SUBJECT))
                .toList()));
        details.put("evidence_complete", evidence.complete());
        return details;
    }

    private static String words(Measurement measured) {
        return measured.value() + " " + measured.unit()
                + (measured.threshold() == null ? "" : ", threshold " + measured.threshold());
    }
}
