package org.bitcoinwatchdog.deploy.console.silence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bitcoinwatchdog.alerts.matching.Matcher;

/**
 * A silence that someone asks for on the page. What else it must be, the alerts part says when it is added.
 *
 * @param durationS seconds from now for which it is to hold
 */
public record NewSilence(List<Matcher> matchers, String author, String comment, long durationS) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    public NewSilence {
        if (durationS < SHORTEST.toSeconds() || durationS > LONGEST.toSeconds()) {
            throw new IllegalArgumentException("a silence holds for a minute to a year");
        }
        matchers = matchers == null ? List.of() : List.copyOf(matchers);
    }

    Instant endsAt(Instant now) {
        return now.plusSeconds(durationS);
    }
}
