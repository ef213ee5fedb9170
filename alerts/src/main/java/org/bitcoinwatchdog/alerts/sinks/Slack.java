package org.bitcoinwatchdog.alerts.sinks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.http.HttpPoster;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.alerts.text.Wording;

/**
 * A channel of Slack, through an incoming webhook.
 *
 * @param urlFile file with the URL of the webhook; the URL is a secret
 */
public record Slack(String name, Path urlFile, Optional<Boolean> allowPrivate) implements SinkSettings {
    public Slack {
        SinkSettings.requireName(name);
    }

    @Override
    public Sink open(Sinks sinks) {
        Secret address = Secret.in(urlFile);
        return new SlackSink(sinks.http(Sinks.secretUrl(address), this, List.of(address)), sinks.wording());
    }

    private record SlackSink(HttpPoster http, Wording wording) implements Sinks.HttpSink {
        @Override
        public SendOutcome send(Notification notification) {
            return http.post(SlackMessage.of(notification, wording), Map.of());
        }
    }
}
