package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/**
 * An attack with its label: its duration, its victims, and the alerts that detect it.
 *
 * @param family     kind of attack, for tables; this is one strength of it
 * @param lasts      from the attack's begin to its end
 * @param must       whether it is at or above the stated threshold of a rule, so that a miss is a failure; below it,
 *                   the recall is only information
 * @param alertnames names of alerts that count as its detection
 * @param victims    indices of the nodes that it hits; an alert of the whole fleet counts for any of them
 */
public record Injection(
        String family,
        String strength,
        Duration lasts,
        boolean must,
        Set<String> alertnames,
        Set<Integer> victims,
        Function<TimeSpan, Attack> makes) {

    public Injection {
        alertnames = Set.copyOf(alertnames);
        victims = Set.copyOf(victims);
    }

    public String name() {
        return family + ", " + strength;
    }
}
