package org.bitcoinwatchdog.alerts.inhibition;

import java.util.List;
import org.bitcoinwatchdog.alerts.InhibitSettings;
import org.bitcoinwatchdog.events.Alert;

/**
 * The alerts that firing alerts mute. It needs the alerts of all partitions, because an alert of another worker may mute one of
 * this worker.
 */
public final class Inhibition {
    private final List<InhibitionRule> rules;

    public Inhibition(List<InhibitSettings> settings) {
        rules = settings.stream().map(InhibitionRule::new).toList();
    }

    /**
     * An alert has a new state.
     *
     * @return whether an alert that was muted may not be any more
     */
    public synchronized boolean accept(Alert alert) {
        boolean weaker = false;
        for (InhibitionRule rule : rules) {
            weaker |= rule.accept(alert);
        }
        return weaker;
    }

    /** As {@link #accept}, for an alert whose record was removed. */
    public synchronized boolean remove(String fingerprint) {
        boolean weaker = false;
        for (InhibitionRule rule : rules) {
            weaker |= rule.remove(fingerprint);
        }
        return weaker;
    }

    public synchronized boolean inhibits(Alert alert) {
        return rules.stream().anyMatch(rule -> rule.inhibits(alert));
    }
}
