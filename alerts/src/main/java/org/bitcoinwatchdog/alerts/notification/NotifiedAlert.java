package org.bitcoinwatchdog.alerts.notification;

import java.util.Objects;
import org.bitcoinwatchdog.events.Alert;

/** An alert in a notification, and why it is there. */
public record NotifiedAlert(Alert alert, Reason reason) {
    public NotifiedAlert {
        Objects.requireNonNull(alert, "alert");
        Objects.requireNonNull(reason, "reason");
    }
}
