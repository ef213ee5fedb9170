package org.bitcoinwatchdog.detectors.alerting;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.FiringAlert;
import org.bitcoinwatchdog.events.Severity;

/**
 * Which alerts fire about one node or fleet, for rules that look at others, and so that they can be resolved when the
 * rule that fired is gone. It is updated by each record that an {@link AlertWriter} writes.
 */
public final class Firing implements Stateful {
    private static final Severity[] SEVERITIES = Severity.values();

    /**
     * @param detector empty in states of an earlier version, until the alert is refreshed
     * @param section  of the rule that fired
     */
    private record Noted(String detector, int severity, long startsAtNs, String section) {
    }

    private final Map<String, Noted> alerts = new TreeMap<>();
    private boolean changed;

    void note(Rule rule, Severity severity, boolean firing, long startsAtNs, String section) {
        Noted now = firing ? new Noted(rule.detector(), severity.ordinal(), startsAtNs, section) : null;
        Noted before = firing ? alerts.put(rule.alertname(), now) : alerts.remove(rule.alertname());
        changed |= !java.util.Objects.equals(now, before);
    }

    /** Names of the alerts. */
    public Set<String> alertnames() {
        return alerts.keySet();
    }

    /** The alerts, each with its severity. */
    public List<FiringAlert> alerts() {
        return alerts.isEmpty() ? List.of() : alerts.entrySet().stream().map(entry -> FiringAlert.newBuilder().setAlertname(entry.getKey())
                .setSeverity(SEVERITIES[entry.getValue().severity()].label()).setStartsAtNs(entry.getValue().startsAtNs()).build()).toList();
    }

    /** Whether it changed since this was asked last. */
    public boolean takeChanged() {
        boolean now = changed;
        changed = false;
        return now;
    }

    /** Resolves every alert, even if its rule no longer exists. */
    public void resolveAll(long nowNs, Finding finding, AlertWriter out) {
        List.copyOf(alerts.keySet()).forEach(alertname -> resolve(alertname, nowNs, finding, out));
    }

    /** Resolves the alerts of the rule with that section. */
    public void resolveOf(String section, long nowNs, Finding finding, AlertWriter out) {
        alerts.entrySet().stream().filter(entry -> entry.getValue().section().equals(section)).map(Map.Entry::getKey).toList()
                .forEach(alertname -> resolve(alertname, nowNs, finding, out));
    }

    private void resolve(String alertname, long nowNs, Finding finding, AlertWriter out) {
        Noted noted = alerts.remove(alertname);
        if (noted == null) {
            return;
        }
        changed = true;
        if (!noted.detector().isEmpty()) {
            Severity severity = SEVERITIES[noted.severity()];
            out.resolved(new Rule(noted.detector(), alertname, severity), severity, noted.startsAtNs(), 0, nowNs, finding);
        }
    }

    @Override
    public String section() {
        return "firing";
    }

    @Override
    public void save(StateWriter out) {
        out.version(2).each(alerts.entrySet(), (entry, to) -> to.text(entry.getKey()).number(entry.getValue().startsAtNs())
                .text(entry.getValue().detector()).number(entry.getValue().severity()).text(entry.getValue().section()));
    }

    @Override
    public void restore(StateReader in) {
        int version = in.version(2);
        in.each(from -> {
            String alertname = from.text();
            long startsAtNs = from.number();
            String detector = version >= 2 ? from.text() : "";
            int severity = version >= 2 ? from.integer() : 0;
            String section = version >= 2 ? from.text() : "";
            boolean known = severity >= 0 && severity < SEVERITIES.length;
            alerts.put(alertname, new Noted(known ? detector : "", known ? severity : 0, startsAtNs, section));
        });
    }
}
