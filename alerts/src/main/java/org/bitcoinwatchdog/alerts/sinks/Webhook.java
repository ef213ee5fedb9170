package org.bitcoinwatchdog.alerts.sinks;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.http.HttpPoster;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.notification.Sink;

/**
 * Any HTTP server, which gets the body of Alertmanager's webhook.
 *
 * @param url        where to post to; either this or {@code url-file} must be there
 * @param urlFile    file with the URL, for a URL that contains a secret
 * @param secretFile file with the key of the signature (Standard Webhooks: {@code whsec_} and base64); left out: posts are
 *                   not signed
 * @param format     form of the body. Default: alertmanager
 */
public record Webhook(String name, Optional<URI> url, Optional<Path> urlFile, Optional<Path> secretFile,
        Optional<WebhookFormat> format, Optional<Path> caFile, Optional<Boolean> allowPrivate) implements SinkSettings {
    public Webhook(String name, Optional<URI> url, Optional<Path> urlFile, Optional<Path> secretFile,
            Optional<Boolean> allowPrivate) {
        this(name, url, urlFile, secretFile, Optional.empty(), Optional.empty(), allowPrivate);
    }

    public Webhook {
        SinkSettings.requireName(name);
        if (url.isPresent() == urlFile.isPresent()) {
            throw new IllegalArgumentException("the webhook " + name + " must have either url or url-file");
        }
        url.ifPresent(given -> SinkSettings.requireHttp("url", given));
    }

    @Override
    public String toString() {
        return "Webhook[" + name + "]";
    }

    /** What the body of a webhook looks like. */
    public enum WebhookFormat {
        /** Version 4 of Alertmanager's webhook. */
        ALERTMANAGER,
        /** The same within a CloudEvent (CloudEvents 1.0, structured content mode). */
        CLOUDEVENTS
    }

    @Override
    public Sink open(Sinks sinks) {
        List<Secret> secrets = new ArrayList<>();
        urlFile.map(Secret::in).ifPresent(secrets::add);
        URI address = url.orElseGet(() -> Sinks.secretUrl(secrets.get(0)));
        Optional<Secret> key = secretFile.map(Secret::in);
        key.ifPresent(secrets::add);
        return new WebhookSink(sinks.http(address, this, secrets), key.map(WebhookSignature::new),
                format.orElse(WebhookFormat.ALERTMANAGER), sinks.clock());
    }

    private record WebhookSink(HttpPoster http, Optional<WebhookSignature> signature, WebhookFormat format, Clock clock)
            implements Sinks.HttpSink {
        @Override
        public SendOutcome send(Notification notification) {
            Map<String, String> headers = new LinkedHashMap<>();
            byte[] body = switch (format) {
                case ALERTMANAGER -> WebhookBody.of(notification);
                case CLOUDEVENTS -> {
                    headers.put("Content-Type", WebhookBody.CLOUD_EVENT);
                    yield WebhookBody.cloudEvent(notification);
                }
            };
            headers.put("webhook-id", notification.id());
            signature.ifPresent(key -> headers.putAll(key.headers(notification.id(), clock.instant(), body)));
            return http.post(body, headers);
        }
    }
}
