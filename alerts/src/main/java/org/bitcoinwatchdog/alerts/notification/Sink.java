package org.bitcoinwatchdog.alerts.notification;

import java.time.Duration;
import java.util.Optional;

/** A place that notifications go to. It makes single attempts; what follows from their outcomes is not its business. */
public interface Sink extends AutoCloseable {
    /** One attempt, bounded in time. */
    SendOutcome send(Notification notification);

    /** Connects as {@link #send} would, and sends nothing. {@link SendOutcome.Answered} with status 200 where that worked. */
    SendOutcome reach();

    /** Whether a notification may hold several alerts. */
    boolean takesGroups();

    /** How often it is to be told what still fires, whatever the routes say; empty: as the routes say. */
    default Optional<Duration> reminders() {
        return Optional.empty();
    }

    @Override
    void close();
}
