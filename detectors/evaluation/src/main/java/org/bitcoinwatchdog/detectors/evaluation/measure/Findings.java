package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bitcoinwatchdog.detectors.evaluation.RealTraffic;

/**
 * What an evaluation found.
 *
 * @param rules  that are built
 * @param events that the rules were given
 */
public record Findings(
        Set<String> rules, List<InjectionRow> injections, List<BenignRow> benign, List<RealRow> real, List<Chart> charts,
        long events) {
    /** All simulated benign traffic together. */
    public BenignRow allBenign() {
        return BenignRow.total("all", benign);
    }

    /** All real traffic of a kind together; empty if there is none. */
    public Optional<BenignRow> real(RealTraffic.TrafficKind kind) {
        List<BenignRow> rows = real.stream().filter(row -> row.kind() == kind).map(RealRow::alerts)
                .filter(row -> row.nodeYears() > 0).toList();
        return rows.isEmpty() ? Optional.empty() : Optional.of(BenignRow.total("real", rows));
    }

    /** Attacks at or above a threshold of a rule that is built. */
    public List<InjectionRow> required() {
        return injections.stream().filter(row -> row.injection().must() && row.ruleExists()).toList();
    }

    /** Of all trials of those, how many were found; empty where there were none. */
    public Optional<Share> foundOfRequired() {
        int trials = required().stream().mapToInt(InjectionRow::trials).sum();
        int found = required().stream().mapToInt(InjectionRow::detected).sum();
        return trials == 0 ? Optional.empty() : Optional.of(new Share(found, trials));
    }

    public List<InjectionRow> missed() {
        return injections.stream().filter(InjectionRow::missed).toList();
    }
}
