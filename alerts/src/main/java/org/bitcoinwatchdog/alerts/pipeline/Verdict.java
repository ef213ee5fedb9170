package org.bitcoinwatchdog.alerts.pipeline;

import org.bitcoinwatchdog.alerts.notification.Outcome;

/** What an attempt's outcome means for the notification. */
enum Verdict {
    DELIVERED,
    /** The sink is away, overloaded or broken: the same may work later. */
    RETRY,
    /** The sink won't have it: the same would not work later. A redirect is such an answer, since none is followed. */
    UNDELIVERABLE;

    private static final int TOO_MANY_REQUESTS = 429;

    static Verdict of(Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered) {
            int status = answered.status();
            if (status >= 200 && status < 300) {
                return DELIVERED;
            }
            return status == TOO_MANY_REQUESTS || status >= 500 ? RETRY : UNDELIVERABLE;
        }
        return outcome instanceof Outcome.Unreachable ? RETRY : UNDELIVERABLE;
    }
}
