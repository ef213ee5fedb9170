package org.bitcoinwatchdog.alerts.notification;

import java.time.Duration;
import java.util.Optional;

/** A place that notifications go to. It makes single attempts. The pipeline decides what follows. */
public interface Sink extends AutoCloseable {
    /** One attempt, limited in time. */
    SendOutcome send(Notification notification);

    /** Connects as {@link #send} does, and sends nothing. {@link SendOutcome.Answered} with status 200 if that worked. */
    SendOutcome reach();

    /** Whether a notification may have several alerts. */
    boolean takesGroups();

    /** Time between reminders, whatever the routes say; empty: as the routes say. */
    default Optional<Duration> reminders() {
        return Optional.empty();
    }

    @Override
    void close();
}
