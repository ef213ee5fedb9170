package org.bitcoinwatchdog.detectors.consensus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetAlerts;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetContext;
import org.bitcoinwatchdog.detectors.fleet.FleetNode;
import org.bitcoinwatchdog.detectors.fleet.FleetRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.NodeSoftware;
import org.bitcoinwatchdog.events.Severity;

/** The nodes of one network enforce different consensus rules, so one of them may refuse a block that the others take. */
public final class FleetMixedRules extends FleetRule {
    /** The rules of nodes that no entry of the table names: those of Bitcoin Core. */
    static final String CORE_RULES = "Bitcoin Core's rules";

    /**
     * @param ruleSets   software that enforces other rules than Bitcoin Core; of entries that fit, the one with the highest version
     *                   counts
     * @param clearAfter how long the nodes must enforce the same rules before the alert resolves
     */
    public record Settings(boolean enabled, List<RuleSet> ruleSets, Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.notNegative("clear-after", clearAfter);
            ruleSets = List.copyOf(ruleSets);
        }

        public static Settings defaults() {
            return new Settings(true, List.of(new RuleSet("BIP-110", NodeSoftware.KNOTS, "29.3.0.knots20260508"),
                    new RuleSet("hard fork of August 2026", NodeSoftware.KNOTS, "29.4.1")), Duration.ofMinutes(1));
        }
    }

    /** What a node was last heard to run. */
    private record Running(String software, String rules) {
    }

    private final Settings settings;
    private final Map<String, Running> nodes = new TreeMap<>();
    /** Worked out at each change, because a fleet may have many nodes. */
    private boolean mixed;

    public FleetMixedRules(Rule rule, Settings settings) {
        super(rule, settings.clearAfter(), Judges.AT_EACH_DIGEST);
        this.settings = settings;
    }

    @Override
    protected boolean asks(FleetNode node, FleetContext fleet) {
        return firing() || node.stopped() || !node.witness() && !unchanged(node);
    }

    @Override
    protected boolean take(FleetNode node, FleetContext fleet) {
        return node.stopped() ? forget(node.name()) : !node.witness() && heard(node);
    }

    @Override
    protected Judgement judge(FleetNode node, FleetContext fleet) {
        return Judgement.of(mixed, Severity.INFO, () -> finding(fleet.network()), FleetMixedRules::over);
    }

    private boolean heard(FleetNode node) {
        if (unchanged(node)) {
            return false;
        }
        runs(node.name(), node.digest().getBitcoindVersion());
        return true;
    }

    private void runs(String node, String software) {
        nodes.put(node, new Running(software, rulesOf(NodeSoftware.ofText(software))));
        compare();
    }

    private void compare() {
        mixed = nodes.values().stream().map(Running::rules).distinct().count() > 1;
    }

    /** Or unknown, until the node shakes hands with a peer. */
    private boolean unchanged(FleetNode node) {
        String software = node.digest().getBitcoindVersion();
        Running before = nodes.get(node.name());
        return software.isEmpty() || before != null && before.software.equals(software);
    }

    private String rulesOf(NodeSoftware software) {
        return settings.ruleSets().stream().filter(each -> each.fits(software))
                .max((one, other) -> RuleSet.compare(one.from(), other.from())).map(RuleSet::name).orElse(CORE_RULES);
    }

    @Override
    public boolean leavesOut(FleetNode node, FleetAlerts alerts) {
        return forget(node.name());
    }

    @Override
    public boolean forget(String node) {
        boolean known = nodes.remove(node) != null;
        compare();
        return known;
    }

    private Finding finding(String network) {
        Map<String, List<String>> byRules = new TreeMap<>();
        nodes.forEach((name, running) -> byRules.computeIfAbsent(running.rules, rules -> new ArrayList<>())
                .add(name + " (" + running.software + ")"));
        List<String> sides = byRules.entrySet().stream().map(side -> side.getKey() + ": " + Words.list(side.getValue(), 10)).toList();
        String summary = String.format(Locale.ROOT, "The nodes of %s enforce %s", network, Words.count(byRules.size(), "set of rules", "sets of rules"));
        String description = String.format(Locale.ROOT, "%s. %s. A block may be valid for some of them and not for the others, and then the fleet splits."
                        + " If that is intended, expect FleetSplit and FleetLag then, and know which nodes you rely on.",
                summary, String.join("; ", sides));
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.of("sets-of-rules", byRules.size(), "rules"), Measurement.of("nodes", nodes.size(), "nodes")),
                Map.of("nodes", List.copyOf(nodes.keySet())), true));
    }

    private static Finding over() {
        return Finding.of("The nodes enforce the same rules again, as far as is known");
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.each(nodes.entrySet(), (node, to) -> to.text(node.getKey()).text(node.getValue().software));
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        in.each(from -> runs(from.text(), from.text()));
    }
}
