package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an evaluation found.
 *
 * @param rules  that are built
 * @param events that the rules were given
 * @param skipped lines of files of arrivals that are none, each in a sentence that names it
 */
public record Findings(
        Set<String> rules, List<InjectionRow> injections, List<BenignRow> benign, List<BenignRow> replays, List<Picture> pictures,
        long events, List<String> skipped) {
    /** All simulated benign traffic together. */
    public BenignRow allBenign() {
        return BenignRow.total("all", benign);
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
