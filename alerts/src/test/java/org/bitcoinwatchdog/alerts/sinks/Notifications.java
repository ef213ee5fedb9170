package org.bitcoinwatchdog.alerts.sinks;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.events.Alert;

/** Sample notifications for tests of sinks. */
final class Notifications {
    private Notifications() {
    }

    static Notification of(Alert... alerts) {
        List<NotifiedAlert> notified = Arrays.stream(alerts)
                .map(alert -> new NotifiedAlert(alert, alert.firing() ? NotificationReason.BEGAN : NotificationReason.ENDED)).toList();
        return new Notification("wd_0123", "sink", "{}:group", new TreeMap<>(Map.of()), notified, Optional.empty());
    }
}
