package org.bitcoinwatchdog.alerts.sinks;

import java.util.Map;
import org.bitcoinwatchdog.alerts.http.HttpPoster;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.Outcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.alerts.text.Wording;

/** A channel of Slack, by incoming webhook. */
record SlackSink(HttpPoster http, Wording wording) implements Sink {

    @Override
    public Outcome send(Notification notification) {
        return http.post(SlackMessage.of(notification, wording), Map.of());
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
