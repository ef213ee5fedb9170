package org.bitcoinwatchdog.alerts.notification;

/** Why people are told of an alert now. */
public enum Reason {
    BEGAN,
    SEVERITY_CHANGED,
    /** It still fires, and they were told long enough ago. */
    REMINDER,
    ENDED,
    /** Nothing new; the alert stands beside others of its group. */
    COMPANY
}
