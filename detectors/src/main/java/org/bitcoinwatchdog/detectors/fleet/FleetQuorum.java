package org.bitcoinwatchdog.detectors.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;

/**
 * Fires if several nodes of a network reach their threshold of one rule at the same time, by the scores in their
 * digests. On one node the cause may be the node; on several it is the network. It never fires in a fleet with fewer
 * nodes.
 */
public final class FleetQuorum extends FleetRule {
    /** A digest comes each second; a node that is silent for longer does not count. */
    private static final long CURRENT_NS = Duration.ofMinutes(1).toNanos();

    /**
     * @param measured   the rule whose scores count
     * @param nodes      number of nodes that must be at their threshold
     * @param what       predicate of the summary: "receive far more different addresses than usual"
     * @param next       what an operator can check, one sentence
     * @param clearAfter how long fewer nodes must be at it before the alert resolves
     */
    public record Question(Rule rule, String measured, int nodes, Severity severity, String what, String next,
            Duration clearAfter) {
    }

    private record Over(long atNs, double value, double threshold) {
    }

    private final Question question;
    private final Map<String, Over> over = new TreeMap<>();

    public FleetQuorum(Question question) {
        super(question.rule(), question.clearAfter(), Judges.AT_EACH_DIGEST);
        this.question = question;
    }

    @Override
    protected boolean take(FleetNode node, FleetContext fleet) {
        return take(node) | over.values().removeIf(each -> Math.abs(node.atNs() - each.atNs()) > CURRENT_NS);
    }

    @Override
    protected Judgement judge(FleetNode node, FleetContext fleet) {
        boolean found = mostOfOneChain(fleet) >= question.nodes();
        return Judgement.of(found, question.severity(), () -> finding(fleet, true), () -> finding(fleet, false));
    }

    private long mostOfOneChain(FleetContext fleet) {
        if (over.size() < question.nodes()) {
            return over.size();
        }
        return over.keySet().stream().collect(Collectors.groupingBy(fleet.chains()::of, Collectors.counting()))
                .values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    @Override
    public boolean forget(String node) {
        return over.remove(node) != null;
    }

    private boolean take(FleetNode node) {
        var score = node.score(question.measured()).filter(each -> each.getValue() >= each.getThreshold());
        if (score.isEmpty() || node.stopped()) {
            return over.remove(node.name()) != null;
        }
        over.put(node.name(), new Over(node.atNs(), score.get().getValue(), score.get().getThreshold()));
        return true;
    }

    private Finding finding(FleetContext fleet, boolean found) {
        List<String> nodes = over.entrySet().stream().map(entry -> String.format(Locale.ROOT, "%s (%,.2f, threshold %,.2f)",
                entry.getKey(), entry.getValue().value(), entry.getValue().threshold())).toList();
        Evidence evidence = new Evidence(List.of(Measurement.against("nodes", over.size(), question.nodes(), "nodes")),
                Map.of("nodes", nodes), true);
        if (!found) {
            String text = "Fewer than " + question.nodes() + " nodes of " + fleet.network() + " " + question.what();
            return new Finding(text, text + " now.", evidence);
        }
        return new Finding(Words.count(over.size(), "node") + " of " + fleet.network() + " " + question.what(), String.format(
                "%s of %s %s, each compared with its own past: %s. The rule fires from %s. %s",
                Words.count(over.size(), "node"), fleet.network(), question.what(), Words.list(nodes, 5),
                Words.count(question.nodes(), "node"), question.next()), evidence);
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.each(over.entrySet(), (entry, to) -> to.text(entry.getKey()).number(entry.getValue().atNs())
                .real(entry.getValue().value()).real(entry.getValue().threshold()));
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        in.each(from -> over.put(from.text(), new Over(from.number(), from.real(), from.real())));
    }
}
