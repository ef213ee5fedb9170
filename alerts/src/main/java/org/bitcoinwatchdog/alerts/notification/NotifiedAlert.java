package org.bitcoinwatchdog.alerts.notification;

import java.util.Objects;
import java.util.Optional;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;

/**
 * An alert in a notification, and why it is there.
 *
 * @param known the severity with which the sink knows the alert as firing; empty: it does not
 */
public record NotifiedAlert(Alert alert, Reason reason, Optional<Severity> known) {
    public NotifiedAlert {
        Objects.requireNonNull(alert, "alert");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(known, "known");
    }

    public NotifiedAlert(Alert alert, Reason reason) {
        this(alert, reason, Optional.empty());
    }
}
