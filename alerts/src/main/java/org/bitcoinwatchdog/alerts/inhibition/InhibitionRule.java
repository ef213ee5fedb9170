package org.bitcoinwatchdog.alerts.inhibition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.alerts.InhibitSettings;
import org.bitcoinwatchdog.alerts.matching.Matcher;
import org.bitcoinwatchdog.alerts.matching.Matchers;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;

/** One rule, with the firing alerts that match its source. {@link Inhibition} guards it. */
final class InhibitionRule {
    private record Source(Severity severity, boolean isTarget) {
        boolean mutes(Alert alert) {
            return severity.compareTo(alert.severity()) >= 0;
        }
    }

    private final Matchers source;
    private final Matchers target;
    private final List<String> equal;
    /** By the values of the labels that must be equal, then by fingerprint. */
    private final Map<List<String>, Map<String, Source>> sources = new HashMap<>();
    private final Map<String, List<String>> keys = new HashMap<>();

    InhibitionRule(InhibitSettings settings) {
        source = new Matchers(settings.source().stream().map(Matcher::parse).toList());
        target = new Matchers(settings.target().stream().map(Matcher::parse).toList());
        equal = settings.equal().orElse(List.of());
    }

    /** @return whether an alert that was muted may not be any more */
    boolean accept(Alert alert) {
        if (!alert.firing() || !source.match(alert.labels())) {
            return remove(alert.fingerprint());
        }
        Source now = new Source(alert.severity(), target.match(alert.labels()));
        List<String> key = key(alert);
        keys.put(alert.fingerprint(), key);
        Source before = sources.computeIfAbsent(key, none -> new HashMap<>()).put(alert.fingerprint(), now);
        return before != null && now.severity().compareTo(before.severity()) < 0;
    }

    boolean remove(String fingerprint) {
        List<String> key = keys.remove(fingerprint);
        if (key == null) {
            return false;
        }
        Map<String, Source> same = sources.get(key);
        same.remove(fingerprint);
        if (same.isEmpty()) {
            sources.remove(key);
        }
        return true;
    }

    /** As in Alertmanager, two alerts that match both source and target do not mute each other. */
    boolean inhibits(Alert alert) {
        if (sources.isEmpty() || !target.match(alert.labels())) {
            return false;
        }
        Map<String, Source> same = sources.get(key(alert));
        if (same == null) {
            return false;
        }
        boolean both = source.match(alert.labels());
        return same.entrySet().stream().anyMatch(entry -> !entry.getKey().equals(alert.fingerprint())
                && !(both && entry.getValue().isTarget()) && entry.getValue().mutes(alert));
    }

    private List<String> key(Alert alert) {
        return equal.stream().map(name -> alert.labels().getOrDefault(name, "")).toList();
    }
}
