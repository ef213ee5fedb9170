package org.bitcoinwatchdog.alerts.sinks;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.bitcoinwatchdog.alerts.notification.Notification;

/** A notification as a CloudEvent (CloudEvents 1.0, JSON format, structured mode) whose data is Alertmanager's webhook body. */
final class CloudEvent {
    static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";
    private static final String TYPE = "org.bitcoinwatchdog.alerts.";
    private static final String SOURCE = "urn:bitcoinwatchdog:alerts";

    private CloudEvent() {
    }

    static byte[] of(Notification notification) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", notification.id());
        event.put("source", notification.externalUrl().map(Object::toString).orElse(SOURCE));
        event.put("type", TYPE + notification.status().name().toLowerCase(Locale.ROOT));
        event.put("time", notification.alerts().stream().map(alert -> alert.alert().updatedAt())
                .max(Instant::compareTo).orElseThrow().toString());
        event.put("subject", notification.groupKey());
        event.put("datacontenttype", "application/json");
        event.put("data", WebhookBody.map(notification));
        return Json.bytes(event);
    }
}
