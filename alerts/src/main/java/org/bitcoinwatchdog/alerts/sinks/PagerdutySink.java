package org.bitcoinwatchdog.alerts.sinks;

import java.util.Map;
import org.bitcoinwatchdog.alerts.http.HttpPoster;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.Outcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.alerts.text.Wording;

/** A service of PagerDuty. Each alert is an incident of its own, so it takes no groups. */
record PagerdutySink(HttpPoster http, Secret routingKey, Wording wording) implements Sink {

    @Override
    public Outcome send(Notification notification) {
        return http.post(
                PagerdutyEvent.of(notification.alerts().get(0), routingKey, notification.externalUrl(), wording), Map.of());
    }

    @Override
    public Outcome reach() {
        return http.reach();
    }

    @Override
    public boolean takesGroups() {
        return false;
    }

    @Override
    public void close() {
        http.close();
    }
}
