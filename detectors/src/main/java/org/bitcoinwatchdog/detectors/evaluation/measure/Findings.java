package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.List;
import java.util.Set;

/**
 * What an evaluation found.
 *
 * @param rules  that are built
 * @param events that the rules were given
 */
public record Findings(
        Set<String> rules, List<InjectionRow> injections, List<BenignRow> benign, List<BenignRow> replays, List<Picture> pictures,
        long events) {
    /** All simulated benign traffic together. */
    public BenignRow allBenign() {
        return BenignRow.total("all", benign);
    }

    public List<InjectionRow> missed() {
        return injections.stream().filter(InjectionRow::missed).toList();
    }
}
