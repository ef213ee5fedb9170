package org.bitcoinwatchdog.alerts;

import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.matching.Matcher;

/**
 * A firing alert mutes others. For example, a silent node's other alerts add nothing to {@code NodeSilent}.
 *
 * @param source matchers of alerts that mute others, such as {@code alertname="NodeSilent"}
 * @param target matchers of alerts that are muted; an alert that is more severe than the source is never muted
 * @param equal  labels that must be equal in source and target; left out: no label
 */
public record InhibitSettings(List<String> source, List<String> target, Optional<List<String>> equal) {
    /** A silent node or agent mutes the other alerts of its nodes. An alert of a fleet mutes the same one of its nodes. */
    static final List<InhibitSettings> DEFAULTS = List.of(
            of(List.of("alertname=~\"NodeSilent|AgentSilent\""), List.of("node!=\"\""), "network", "node"),
            of(List.of("fleet!=\"\""), List.of("node!=\"\""), "alertname", "network"));

    public InhibitSettings {
        source = List.copyOf(source);
        target = List.copyOf(target);
        equal = equal.map(List::copyOf);
        if (source.isEmpty() || target.isEmpty()) {
            throw new IllegalArgumentException("inhibit must have matchers in source and in target");
        }
        source.forEach(Matcher::parse);
        target.forEach(Matcher::parse);
    }

    public static InhibitSettings of(List<String> source, List<String> target, String... equal) {
        return new InhibitSettings(source, target, Optional.of(List.of(equal)));
    }
}
