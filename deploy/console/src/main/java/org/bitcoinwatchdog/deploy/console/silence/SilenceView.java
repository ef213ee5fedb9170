package org.bitcoinwatchdog.deploy.console.silence;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.bitcoinwatchdog.alerts.matching.Matcher;
import org.bitcoinwatchdog.alerts.silence.Silence;

/**
 * A silence as the console shows it. Times are UNIX milliseconds.
 *
 * @param state pending, active or expired
 */
public record SilenceView(
        String id, String state, List<Matcher> matchers, String author, String comment, long startsMs, long endsMs) {
    static SilenceView of(Silence silence, Instant now) {
        return new SilenceView(silence.id(), silence.state(now).name().toLowerCase(Locale.ROOT), silence.matchers(), silence.author(),
                silence.comment(), silence.startsAt().toEpochMilli(), silence.endsAt().toEpochMilli());
    }
}
