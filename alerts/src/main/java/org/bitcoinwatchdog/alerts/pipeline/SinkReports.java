package org.bitcoinwatchdog.alerts.pipeline;

import org.bitcoinwatchdog.alerts.notification.Notification;

/** Who is told how sinks fare, so that one's failure is reported through the others. */
public interface SinkReports {
    /** Nobody. */
    SinkReports NONE = new SinkReports() {
        @Override
        public void delivered(String sink) {
            // nobody wants to know
        }

        @Override
        public void undeliverable(Notification notification, String reason) {
            // nobody wants to know
        }
    };

    void delivered(String sink);

    /** @param reason for people, without secrets */
    void undeliverable(Notification notification, String reason);
}
