package org.bitcoinwatchdog.deploy.config;

import java.util.Comparator;
import java.util.List;

/**
 * A configuration file with everything that was found in it.
 *
 * @param settings what could be bound; keys with errors have their defaults, and list elements with errors are left out
 * @param errors   what the watchdog would refuse, or never do
 * @param warnings what it would take, but is probably not meant
 */
public record Examination<R extends Record>(R settings, List<Problem> errors, List<Problem> warnings) {
    public Examination {
        errors = sorted(errors);
        warnings = sorted(warnings);
    }

    private static List<Problem> sorted(List<Problem> problems) {
        return problems.stream().distinct().sorted(Comparator.comparingInt(Problem::line)).toList();
    }
}
