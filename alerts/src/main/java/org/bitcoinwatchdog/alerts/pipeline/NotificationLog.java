package org.bitcoinwatchdog.alerts.pipeline;

import java.util.Map;
import java.util.Optional;

/** The last notification to each sink about each alert. It survives restarts, and the next owner of a partition has it. */
public interface NotificationLog {
    Optional<NotificationLogEntry> of(String sink, AlertRecord record);

    /** Returns when all entries are stored, or when storing them failed, which is counted. */
    void remember(String sink, Map<AlertRecord, NotificationLogEntry> entries);
}
