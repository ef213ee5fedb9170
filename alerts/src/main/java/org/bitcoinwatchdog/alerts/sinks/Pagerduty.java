package org.bitcoinwatchdog.alerts.sinks;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.http.HttpPoster;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.alerts.text.Wording;

/**
 * A service of PagerDuty, through Events API v2.
 *
 * @param routingKeyFile file with the routing key of the integration
 * @param url            base URL of the API. Default: https://events.pagerduty.com
 */
public record Pagerduty(String name, Path routingKeyFile, Optional<URI> url, Optional<Path> caFile,
        Optional<Boolean> allowPrivate) implements SinkSettings {
    private static final URI EVENTS_API = URI.create("https://events.pagerduty.com");

    public Pagerduty {
        SinkSettings.requireName(name);
        url.ifPresent(given -> SinkSettings.requireHttp("url", given));
    }

    public Pagerduty(String name, Path routingKeyFile, Optional<URI> url, Optional<Boolean> allowPrivate) {
        this(name, routingKeyFile, url, Optional.empty(), allowPrivate);
    }

    public URI api() {
        return url.orElse(EVENTS_API);
    }

    @Override
    public String toString() {
        return "Pagerduty[" + name + "]";
    }

    @Override
    public Sink open(Sinks sinks) {
        Secret key = Secret.in(routingKeyFile);
        return new PagerdutySink(sinks.http(Sinks.below(api(), "/v2/enqueue"), this, List.of(key)), key, sinks.wording());
    }

    /** Each alert is an incident of its own, so PagerDuty gets no groups. */
    private record PagerdutySink(HttpPoster http, Secret routingKey, Wording wording) implements Sinks.HttpSink {
        @Override
        public SendOutcome send(Notification notification) {
            NotifiedAlert only = notification.alerts().get(0);
            return http.post(PagerdutyEvent.of(only, routingKey, notification.externalUrl(), wording), Map.of());
        }

        @Override
        public boolean takesGroups() {
            return false;
        }
    }
}
