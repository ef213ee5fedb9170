package org.bitcoinwatchdog.detectors.alerting;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;

/** Which rules are firing about one node, for rules that look at others. Kept from what an {@link AlertWriter} writes. */
public final class Firing implements Stateful {
    private final Map<String, Long> sinceNs = new TreeMap<>();
    private boolean changed;

    void note(Rule rule, boolean firing, long startsAtNs) {
        Long before = firing ? sinceNs.put(rule.alertname(), startsAtNs) : sinceNs.remove(rule.alertname());
        changed |= firing != (before != null);
    }

    /** Names of the alerts. */
    public Set<String> alertnames() {
        return sinceNs.keySet();
    }

    /** Whether it changed since this was asked last. */
    public boolean takeChanged() {
        boolean now = changed;
        changed = false;
        return now;
    }

    @Override
    public String section() {
        return "firing";
    }

    @Override
    public void save(StateWriter out) {
        out.version(1).each(sinceNs.entrySet(), (entry, to) -> to.text(entry.getKey()).number(entry.getValue()));
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        in.each(from -> sinceNs.put(from.text(), from.number()));
    }
}
