package org.bitcoinwatchdog.alerts.inhibition;

import java.util.List;
import org.bitcoinwatchdog.alerts.InhibitSettings;
import org.bitcoinwatchdog.events.Alert;

/**
 * Which alerts are hidden by others that fire. It must be told of the alerts of all partitions: what hides an alert may
 * be another worker's.
 */
public final class Inhibition {
    private final List<InhibitionRule> rules;

    public Inhibition(List<InhibitSettings> settings) {
        rules = settings.stream().map(InhibitionRule::new).toList();
    }

    /**
     * An alert has a new state.
     *
     * @return whether something that was hidden may no longer be
     */
    public synchronized boolean accept(Alert alert) {
        boolean weaker = false;
        for (InhibitionRule rule : rules) {
            weaker |= rule.accept(alert);
        }
        return weaker;
    }

    /** As {@link #accept}, for an alert whose record is gone. */
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
