package org.bitcoinwatchdog.alerts.notification;

import java.time.Duration;
import java.util.Optional;

/** The outcome of one attempt to deliver a notification. Texts are for people and contain no secrets. */
public sealed interface SendOutcome {
    /** One line for logs and dead letters. */
    String detail();

    /**
     * The sink answered.
     *
     * @param status     an HTTP status, or the nearest one for a sink of another kind
     * @param retryAfter how long the sink asks to wait
     * @param excerpt    the beginning of the answer
     */
    record Answered(int status, Optional<Duration> retryAfter, String excerpt) implements SendOutcome {
        @Override
        public String detail() {
            return "status " + status + (excerpt.isEmpty() ? "" : ": " + excerpt);
        }
    }

    /** No complete answer: the sink may have received the notification or not. */
    record Unreachable(String detail) implements SendOutcome {
    }

    /** Nothing was sent, and another attempt would not send anything either. */
    record Refused(String detail) implements SendOutcome {
    }
}
