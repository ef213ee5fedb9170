package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bitcoinwatchdog.detectors.alerting.AlertState;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;

/**
 * The rules that threw and are left alone for this node: someone must know that they watch no more. They are tried anew
 * when the process starts, so the alert ends then, and begins again where they fail again.
 */
public final class Failures implements Stateful {
    public static final Rule RULE = new Rule("watchdog", "DetectorFailed", Severity.WARN);

    private final Set<String> failed = new TreeSet<>();
    private final AlertState alert = new AlertState(RULE, Duration.ZERO);

    void add(String section) {
        failed.add(section);
    }

    /** @return whether what is kept changed */
    boolean tick(NodeContext node, AlertWriter alerts) {
        return (alert.firing() || !failed.isEmpty()) && alert.judge(failed.isEmpty() ? Optional.empty() : Optional.of(Severity.INFO), node.nowNs(), () -> finding(node), alerts);
    }

    private Finding finding(NodeContext node) {
        List<String> rules = List.copyOf(failed);
        Evidence evidence = new Evidence(List.of(Measurement.against("failed", rules.size(), 1, "rules")), Map.of("rules", rules), true);
        if (rules.isEmpty()) {
            return new Finding("All rules watch " + node.node() + " again", "The detectors were started anew.", evidence);
        }
        return new Finding(Words.count(rules.size(), "rule") + " no longer watch" + (rules.size() == 1 ? "es " : " ") + node.node(),
                "A fault of the watchdog: " + Words.list(rules, 10) + " failed and " + (rules.size() == 1 ? "is" : "are")
                        + " switched off for " + node.node() + " until the detectors are started again. Their log has the reason;"
                        + " please report it.", evidence);
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
