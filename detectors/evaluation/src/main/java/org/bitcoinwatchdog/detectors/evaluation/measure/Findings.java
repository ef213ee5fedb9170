package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bitcoinwatchdog.detectors.evaluation.RealTraffic;

/**
 * The results of an evaluation.
 *
 * @param rules  rules that exist
 * @param events events given to the rules
 * @param cpuS   CPU time of each part in seconds, by {@link Trial#part}
 */
public record Findings(
        Set<String> rules, List<InjectionRow> injections, List<BenignRow> benign, List<RealRow> real, List<Chart> charts,
        long events, Map<String, Double> cpuS) {
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

    /** Attacks at or above a threshold of a rule that exists. */
    public List<InjectionRow> required() {
        return injections.stream().filter(row -> row.injection().must() && row.ruleExists()).toList();
    }

    /** The share of their trials in which they were found; empty without trials. */
    public Optional<Share> foundOfRequired() {
        int trials = required().stream().mapToInt(InjectionRow::trials).sum();
        int found = required().stream().mapToInt(InjectionRow::detected).sum();
        return trials == 0 ? Optional.empty() : Optional.of(new Share(found, trials));
    }

    public List<InjectionRow> missed() {
        return injections.stream().filter(InjectionRow::missed).toList();
    }
}
