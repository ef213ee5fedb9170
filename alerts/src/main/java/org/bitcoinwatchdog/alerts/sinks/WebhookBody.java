package org.bitcoinwatchdog.alerts.sinks;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.text.AlertLinks;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;

/**
 * Alertmanager's webhook body, version "4" (prometheus/alertmanager, notify/webhook and template.Data), alone or as the data
 * of a CloudEvent (CloudEvents 1.0, JSON format, structured mode).
 */
final class WebhookBody {
    /** Go's zero time, which Alertmanager writes for a missing time. */
    private static final String NO_TIME = "0001-01-01T00:00:00Z";

    static final String CLOUD_EVENT = "application/cloudevents+json; charset=UTF-8";
    private static final String TYPE = "org.bitcoinwatchdog.alerts.";
    private static final String SOURCE = "urn:bitcoinwatchdog:alerts";

    private WebhookBody() {
    }

    static byte[] of(Notification notification) {
        return Sinks.json(map(notification));
    }

    static byte[] cloudEvent(Notification notification) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", notification.id());
        event.put("source", notification.externalUrl().map(Object::toString).orElse(SOURCE));
        event.put("type", TYPE + notification.status().name().toLowerCase(Locale.ROOT));
        event.put("time", notification.alerts().stream().map(alert -> alert.alert().updatedAt())
                .max(Instant::compareTo).orElseThrow().toString());
        event.put("subject", notification.groupKey());
        event.put("datacontenttype", "application/json");
        event.put("data", map(notification));
        return Sinks.json(event);
    }

    private static Map<String, Object> map(Notification notification) {
        List<Alert> alerts = notification.alerts().stream().map(NotifiedAlert::alert).toList();
        String externalUrl = notification.externalUrl().map(URI::toString).orElse("");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", "4");
        body.put("groupKey", notification.groupKey());
        body.put("truncatedAlerts", notification.leftOut());
        body.put("status", text(notification.status()));
        body.put("receiver", notification.receiver());
        body.put("groupLabels", notification.groupLabels());
        body.put("commonLabels", common(alerts, Alert::labels));
        body.put("commonAnnotations", common(alerts, Alert::annotations));
        body.put("externalURL", externalUrl);
        body.put("alerts", alerts.stream().map(alert -> alert(alert, notification.externalUrl())).toList());
        return body;
    }

    private static Map<String, Object> alert(Alert alert, Optional<URI> console) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", text(alert.status()));
        body.put("labels", alert.labels());
        body.put("annotations", alert.annotations());
        body.put("startsAt", alert.startsAt().toString());
        body.put("endsAt", time(alert.endsAt()));
        body.put("generatorURL", AlertLinks.page(console, alert).orElse(""));
        body.put("fingerprint", alert.fingerprint());
        return body;
    }

    /** The names and values that all alerts share. */
    private static Map<String, String> common(List<Alert> alerts, Function<Alert, Map<String, String>> texts) {
        Map<String, String> common = new TreeMap<>(texts.apply(alerts.get(0)));
        alerts.forEach(alert -> common.entrySet()
                .removeIf(text -> !text.getValue().equals(texts.apply(alert).get(text.getKey()))));
        return common;
    }

    private static String text(AlertStatus status) {
        return status == AlertStatus.FIRING ? "firing" : "resolved";
    }

    private static String time(Instant time) {
        return time == null ? NO_TIME : time.toString();
    }
}
