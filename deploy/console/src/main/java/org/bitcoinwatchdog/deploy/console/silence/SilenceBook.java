package org.bitcoinwatchdog.deploy.console.silence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bitcoinwatchdog.alerts.matching.Matcher;

/** The silences that hold, are to come, or lately ended, and the way to add one or to end it. */
public interface SilenceBook {
    /** In the order in which they end, those that are over last. */
    List<SilenceView> view();

    /** Changes whenever the view does. */
    long version();

    /**
     * @return its id
     * @throws IllegalArgumentException where it is not a silence; the message is for the user
     * @throws SilencesUnavailable      where it could not be kept
     */
    String add(NewSilence silence);

    /**
     * @throws IllegalArgumentException if there is no active or pending silence of that id
     * @throws SilencesUnavailable      where its end could not be kept
     */
    void expire(String id);

    /** Kafka did not take a change of the silences. */
    public static final class SilencesUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SilencesUnavailable(Throwable cause) {
            super("Kafka did not take it: " + cause.getMessage(), cause);
        }
    }

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
}
