package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.alerting.AlertState;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.Backoff;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.FiringAlert;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;

/**
 * Faults of the watchdog itself about one node or fleet: rules that threw and are suspended, and records that could not
 * be processed. An alert reports that less is watched. Suspensions are not saved: a new process tries all rules.
 */
public final class Failures implements Stateful {
    public static final Rule RULE = new Rule("watchdog", "DetectorFailed", Severity.WARN);
    /** Used instead of a rule's name if the node's state was started anew. */
    public static final String FACTS = "facts";
    private static final Backoff BACKOFF = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1));
    /** A rule that ran this long since its last fault counts as sound again. */
    private static final long FORGIVEN_NS = Duration.ofHours(6).toNanos();

    private static final class Fault {
        private int times;
        private long atNs;
        private boolean leftAlone;

        private boolean over(long nowNs) {
            return nowNs < atNs || nowNs - atNs >= BACKOFF.pause(times).toNanos();
        }
    }

    private final Map<String, Fault> faults = new TreeMap<>();
    private final AlertState alert = new AlertState(RULE, Duration.ofMinutes(10));

    public void add(String section, long nowNs) {
        Fault fault = faults.computeIfAbsent(section, name -> new Fault());
        fault.times = nowNs - fault.atNs > FORGIVEN_NS ? 1 : fault.times + 1;
        fault.atNs = nowNs;
        fault.leftAlone = true;
    }

    /** Whether that section may start anew now, after a pause that doubles with each fault. */
    public boolean mayStart(String section, long nowNs) {
        Fault fault = faults.get(section);
        if (fault != null && !fault.over(nowNs)) {
            return false;
        }
        if (fault != null) {
            fault.leftAlone = false;
        }
        return true;
    }

    /** DetectorFailed while it fires. */
    public List<FiringAlert> alerts() {
        return !alert.firing() ? List.of() : List.of(FiringAlert.newBuilder().setAlertname(RULE.alertname())
                .setSeverity(RULE.highest().label()).setStartsAtNs(alert.startsAtNs()).build());
    }

    /** @return whether its state changed */
    public boolean tick(String whose, long nowNs, AlertWriter alerts) {
        if (faults.isEmpty() && !alert.firing()) {
            return false;
        }
        mayStart(FACTS, nowNs);
        List<String> now = leftAlone();
        return alert.judge(now.isEmpty() ? Optional.empty() : Optional.of(Severity.WARN), nowNs, () -> finding(whose, now), alerts);
    }

    /** Resolves the alert: the node is no longer followed. */
    public boolean end(long nowNs, Finding finding, AlertWriter alerts) {
        return alert.end(nowNs, () -> finding, alerts);
    }

    private List<String> leftAlone() {
        List<String> now = new ArrayList<>();
        faults.forEach((section, fault) -> {
            if (fault.leftAlone) {
                now.add(section);
            }
        });
        return now;
    }

    private static Finding finding(String whose, List<String> sections) {
        Evidence evidence = new Evidence(
                List.of(Measurement.against("failed", sections.size(), 1, "rules")), Map.of("rules", sections), true);
        if (sections.isEmpty()) {
            return new Finding("All rules watch " + whose + " again", "They started anew and have not failed since.", evidence);
        }
        boolean facts = sections.contains(FACTS);
        String rules = Words.list(sections.stream().filter(section -> !section.equals(FACTS)).toList(), 10);
        String summary = facts ? "The detectors failed to process a record of " + whose
                : Words.count(sections.size(), "rule") + " failed for " + whose;
        String description = "A fault of the watchdog."
                + (facts ? " A record of " + whose + " is in the topic of dead letters. The state of " + whose
                        + " starts anew: its peers are learned again within minutes, and rules about blocks wait for half an hour." : "")
                + (rules.isEmpty() ? "" : " Suspended for " + whose + ": " + rules + ". Each starts anew by itself, after a pause"
                        + " that doubles with each fault, from one minute to one hour.")
                + " The log of the detectors has the reason. Please report it.";
        return new Finding(summary, description, evidence);
    }

    @Override
    public String section() {
        return "failures";
    }

    @Override
    public void save(StateWriter out) {
        out.version(1);
        alert.save(out);
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        alert.restore(in);
    }
}
