package org.bitcoinwatchdog.alerts.sinks;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.DeliverySettings;
import org.bitcoinwatchdog.alerts.SinkSettings;
import org.bitcoinwatchdog.alerts.Urls;
import org.bitcoinwatchdog.alerts.http.HttpPoster;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.bitcoinwatchdog.alerts.notification.Sink;

/** Makes sinks from their settings, reading their secrets. */
public final class Sinks {
    private final DeliverySettings delivery;
    private final Clock clock;

    public Sinks(DeliverySettings delivery, Clock clock) {
        this.delivery = delivery;
        this.clock = clock;
    }

    /**
     * All sinks by name, in the order of the settings.
     *
     * @throws IllegalArgumentException where a secret can't be read or used, naming the sink and the file, not its content
     */
    public static Map<String, Sink> open(AlertSettings settings, Clock clock) {
        Sinks sinks = new Sinks(settings.delivery(), clock);
        Map<String, Sink> open = new LinkedHashMap<>();
        settings.sinks().forEach(sink -> open.put(sink.name(), sinks.open(sink)));
        return open;
    }

    /** @throws IllegalArgumentException as {@link #open(AlertSettings, Clock)} */
    public Sink open(SinkSettings settings) {
        try {
            if (settings instanceof SinkSettings.Slack slack) {
                return slack(slack);
            } else if (settings instanceof SinkSettings.Pagerduty pagerduty) {
                return pagerduty(pagerduty);
            } else if (settings instanceof SinkSettings.Webhook webhook) {
                return webhook(webhook);
            }
            throw new IllegalStateException("no sink is made from " + settings.getClass());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("sink " + settings.name() + ": " + e.getMessage());
        }
    }

    private Sink slack(SinkSettings.Slack settings) {
        Secret url = Secret.in(settings.urlFile());
        return new SlackSink(http(secretUrl(url), settings, List.of(url)));
    }

    private Sink pagerduty(SinkSettings.Pagerduty settings) {
        Secret key = Secret.in(settings.routingKeyFile());
        String base = settings.api().toString().replaceAll("/+$", "");
        return new PagerdutySink(http(URI.create(base + "/v2/enqueue"), settings, List.of(key)), key);
    }

    private Sink webhook(SinkSettings.Webhook settings) {
        List<Secret> secrets = new ArrayList<>();
        settings.urlFile().map(Secret::in).ifPresent(secrets::add);
        URI url = settings.url().orElseGet(() -> secretUrl(secrets.get(0)));
        Optional<Secret> key = settings.secretFile().map(Secret::in);
        key.ifPresent(secrets::add);
        return new WebhookSink(http(url, settings, secrets), key.map(WebhookSignature::new), clock);
    }

    private HttpPoster http(URI url, SinkSettings settings, List<Secret> secrets) {
        return new HttpPoster(url, settings.privateAllowed(), secrets, delivery, clock);
    }

    private static URI secretUrl(Secret secret) {
        URI url;
        try {
            url = new URI(secret.reveal());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalArgumentException("the content of the url-file is no URL");
        }
        return Urls.requireHttp("the content of the url-file", url);
    }
}
