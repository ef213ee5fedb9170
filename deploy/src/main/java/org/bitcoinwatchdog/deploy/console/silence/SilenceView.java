package org.bitcoinwatchdog.deploy.console.silence;

import java.util.List;

/**
 * A silence as the console shows it. Times are UNIX milliseconds.
 *
 * @param state pending, active or expired
 */
public record SilenceView(
        String id, String state, List<Matcher> matchers, String author, String comment, long startsMs, long endsMs) {
    /** @param operator one of =, !=, =~, !~ */
    public record Matcher(String label, String operator, String value) {
    }
}
