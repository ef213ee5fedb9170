package org.bitcoinwatchdog.alerts;

import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.matching.Matcher;

/**
 * An alert that fires hides others: who is told that a node is silent need not hear what else is wrong with it.
 *
 * @param source matchers of alerts that hide others, such as {@code alertname="NodeSilent"}
 * @param target matchers of alerts that are hidden; what is more severe than the source is not
 * @param equal  labels in which the two agree; left out: none
 */
public record InhibitSettings(List<String> source, List<String> target, Optional<List<String>> equal) {
    /** Silent nodes and agents hide their nodes' other alerts; an alert of a fleet hides the same one of its nodes. */
    static final List<InhibitSettings> DEFAULTS = List.of(
            of(List.of("alertname=~\"NodeSilent|AgentSilent\""), List.of("node!=\"\""), "network", "node"),
            of(List.of("fleet!=\"\""), List.of("node!=\"\""), "alertname", "network"));

    public InhibitSettings {
        source = List.copyOf(source);
        target = List.copyOf(target);
        equal = equal.map(List::copyOf);
        if (source.isEmpty() || target.isEmpty()) {
            throw new IllegalArgumentException("an inhibition has matchers for its source and for its target");
        }
        source.forEach(Matcher::parse);
        target.forEach(Matcher::parse);
    }

    public static InhibitSettings of(List<String> source, List<String> target, String... equal) {
        return new InhibitSettings(source, target, Optional.of(List.of(equal)));
    }
}
