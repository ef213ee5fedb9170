package org.bitcoinwatchdog.alerts.notification;

/** Why an alert is part of a notification. */
public enum Reason {
    BEGAN,
    SEVERITY_CHANGED,
    /** It still fires, and the last notification is long enough ago. */
    REMINDER,
    ENDED,
    /** Nothing new: the alert is listed beside the news of its group. */
    CONTEXT
}
