package org.bitcoinwatchdog.alerts.pipeline;

import org.bitcoinwatchdog.alerts.notification.Notification;

/** Where notifications end that can't be delivered. */
public interface DeadLetters {
    /** @param reason for people, without secrets */
    void undeliverable(Notification notification, String reason);
}
