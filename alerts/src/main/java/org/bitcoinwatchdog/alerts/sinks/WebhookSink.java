package org.bitcoinwatchdog.alerts.sinks;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.http.HttpPoster;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.Outcome;
import org.bitcoinwatchdog.alerts.notification.Sink;

/** Any HTTP server, with Alertmanager's webhook body, signed where a key is given. */
record WebhookSink(HttpPoster http, Optional<WebhookSignature> signature, Clock clock) implements Sink {

    @Override
    public Outcome send(Notification notification) {
        byte[] body = WebhookBody.of(notification);
        Map<String, String> headers = new LinkedHashMap<>();
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
