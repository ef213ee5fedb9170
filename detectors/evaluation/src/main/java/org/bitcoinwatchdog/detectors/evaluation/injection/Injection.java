package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeKind;
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
 * @param fleet      nodes and witnesses, by index
 */
public record Injection(
        String family,
        String strength,
        Duration lasts,
        boolean must,
        Set<String> alertnames,
        Set<Integer> victims,
        Function<TimeSpan, Attack> makes,
        List<NodeKind> fleet) {
    private static final List<NodeKind> FOUR = List.of(
            NodeKind.LISTENING, NodeKind.OUTBOUND_ONLY, NodeKind.OUTBOUND_ONLY, NodeKind.OUTBOUND_ONLY);

    public Injection {
        alertnames = Set.copyOf(alertnames);
        victims = Set.copyOf(victims);
        fleet = List.copyOf(fleet);
    }

    /** On a fleet of four. */
    Injection(String family, String strength, Duration lasts, boolean must, Set<String> alertnames, Set<Integer> victims,
            Function<TimeSpan, Attack> makes) {
        this(family, strength, lasts, must, alertnames, victims, makes, FOUR);
    }

    /** The same attack, detected by that alert alone. */
    Injection foundBy(String alertname) {
        return new Injection(family, strength, lasts, must, Set.of(alertname), victims, makes, fleet);
    }

    /** The same attack on another fleet. */
    Injection on(NodeKind... others) {
        return new Injection(family, strength, lasts, must, alertnames, victims, makes, List.of(others));
    }

    public String name() {
        return family + ", " + strength;
    }
}
