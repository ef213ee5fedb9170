package org.bitcoinwatchdog.alerts.notification;

import java.util.Objects;
import java.util.Optional;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;

/**
 * An alert in a notification, and why it is there.
 *
 * @param known the severity with which people at the sink know the alert as firing; empty: they do not know it
 */
public record NotifiedAlert(Alert alert, NotificationReason reason, Optional<Severity> known) {
    /** Why an alert is part of a notification. */
    public enum NotificationReason {
        BEGAN,
        SEVERITY_CHANGED,
        /** Its evidence grew so much that people should read it again, see {@code Alert.grewAt}. */
        GREW,
        /** It still fires, and the last notification is long enough ago. */
        REMINDER,
        ENDED,
        /** Nothing new: the alert is listed beside the news of its group. */
        CONTEXT
    }

    public NotifiedAlert {
        Objects.requireNonNull(alert, "alert");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(known, "known");
    }

    public NotifiedAlert(Alert alert, NotificationReason reason) {
        this(alert, reason, Optional.empty());
    }
}
