package org.bitcoinwatchdog.deploy.console.silence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bitcoinwatchdog.alerts.matching.Matcher;

/** Active, pending and recently expired silences, and the way to add or end one. */
public interface SilenceBook {
    /** In the order in which they end, expired ones last. */
    List<SilenceView> view();

    /** Changes whenever the view does. */
    long version();

    /**
     * @return its id
     * @throws IllegalArgumentException if it is not valid; the message is for the user
     * @throws SilencesUnavailable      if Kafka does not accept it
     */
    String add(NewSilence silence);

    /**
     * @throws IllegalArgumentException if no active or pending silence has that id
     * @throws SilencesUnavailable      if Kafka does not accept it
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
     * A silence from the page's form. The alerts part checks the rest when it is added.
     *
     * @param durationS its length in seconds, from now
     */
    public record NewSilence(List<Matcher> matchers, String author, String comment, long durationS) {
        private static final Duration SHORTEST = Duration.ofMinutes(1);
        private static final Duration LONGEST = Duration.ofDays(366);

        public NewSilence {
            if (durationS < SHORTEST.toSeconds() || durationS > LONGEST.toSeconds()) {
                throw new IllegalArgumentException("a silence lasts from one minute to 366 days");
            }
            matchers = matchers == null ? List.of() : List.copyOf(matchers);
        }

        Instant endsAt(Instant now) {
            return now.plusSeconds(durationS);
        }
    }
}
