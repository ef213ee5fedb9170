package org.bitcoinwatchdog.alerts.silence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.bitcoinwatchdog.alerts.matching.Matcher;
import org.bitcoinwatchdog.alerts.matching.Matchers;

/**
 * Between two times, people are not notified of firing alerts that match. One that starts later is a planned maintenance window.
 *
 * @param id       the key of the record
 * @param matchers at least one of them does not match the empty value; otherwise nearly every alert would match
 * @param author   who added it
 * @param comment  why
 * @param startsAt when it becomes active
 * @param endsAt   when it expires
 */
public record Silence(
        String id, List<Matcher> matchers, String author, String comment, Instant startsAt, Instant endsAt) {
    private static final int MOST_MATCHERS = 20;
    private static final int LONGEST_AUTHOR = 100;
    private static final int LONGEST_COMMENT = 1_000;
    private static final Duration LONGEST = Duration.ofDays(366);

    /** The state of a silence at a time. */
    public enum SilenceState {
        PENDING,
        ACTIVE,
        EXPIRED
    }

    public Silence {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(startsAt, "startsAt");
        Objects.requireNonNull(endsAt, "endsAt");
        if (matchers == null || matchers.isEmpty() || matchers.size() > MOST_MATCHERS) {
            throw new IllegalArgumentException("a silence must have 1 to " + MOST_MATCHERS + " matchers");
        }
        matchers = List.copyOf(matchers);
        if (matchers.stream().allMatch(matcher -> new Matchers(List.of(matcher)).matchNothing())) {
            throw new IllegalArgumentException("these matchers match nearly every alert: add one with a value, such as node=alice");
        }
        requireText("author", author, LONGEST_AUTHOR);
        requireText("comment", comment, LONGEST_COMMENT);
        if (endsAt.isBefore(startsAt)) {
            throw new IllegalArgumentException("a silence must end after it starts");
        }
        if (Duration.between(startsAt, endsAt).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a silence must not last longer than 366 days");
        }
    }

    public SilenceState state(Instant now) {
        if (!now.isBefore(endsAt)) {
            return SilenceState.EXPIRED;
        }
        return now.isBefore(startsAt) ? SilenceState.PENDING : SilenceState.ACTIVE;
    }

    /** The same silence, expired at that time. */
    public Silence ended(Instant at) {
        return new Silence(id, matchers, author, comment, at.isBefore(startsAt) ? at : startsAt, at);
    }

    private static void requireText(String what, String text, int longest) {
        if (text == null || text.isBlank() || text.length() > longest) {
            throw new IllegalArgumentException("a silence must have " + what + ", of at most " + longest + " characters");
        }
    }
}
