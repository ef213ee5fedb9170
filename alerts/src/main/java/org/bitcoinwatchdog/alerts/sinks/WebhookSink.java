package org.bitcoinwatchdog.alerts.sinks;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.SinkSettings.WebhookFormat;
import org.bitcoinwatchdog.alerts.http.HttpPoster;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.Outcome;
import org.bitcoinwatchdog.alerts.notification.Sink;

/** Any HTTP server, with Alertmanager's webhook body, in a CloudEvent where asked for, signed where a key is given. */
record WebhookSink(HttpPoster http, Optional<WebhookSignature> signature, WebhookFormat format, Clock clock) implements Sink {

    @Override
    public Outcome send(Notification notification) {
        Map<String, String> headers = new LinkedHashMap<>();
        byte[] body = switch (format) {
            case ALERTMANAGER -> WebhookBody.of(notification);
            case CLOUDEVENTS -> {
                headers.put("Content-Type", CloudEvent.CONTENT_TYPE);
                yield CloudEvent.of(notification);
            }
        };
        headers.put("webhook-id", notification.id());
        signature.ifPresent(key -> headers.putAll(key.headers(notification.id(), clock.instant(), body)));
        return http.post(body, headers);
    }

    @Override
    public Outcome reach() {
        return http.reach();
    }

    @Override
    public boolean takesGroups() {
        return true;
    }

    @Override
    public void close() {
        http.close();
    }
}
