package org.bitcoinwatchdog.alerts.pipeline;

import java.util.Map;
import java.util.Optional;

/** What was told to whom, kept across restarts and shared with whoever takes over a partition. */
public interface NotificationLog {
    Optional<NotificationLogEntry> of(String sink, AlertRecord record);

    /** Returns once all of it is safely kept, or once there is no hope of that, which is counted. */
    void remember(String sink, Map<AlertRecord, NotificationLogEntry> remembered);
}
