package org.bitcoinwatchdog.detectors.evaluation.measure;

import org.bitcoinwatchdog.events.Severity;

/**
 * One alert from its start to its end, in true time.
 *
 * @param rule     alert name, or that of a baseline
 * @param subject  node, or fleet
 * @param severity the worst that it reached
 * @param pageUs   when it first paged, -1 where it never did
 * @param endUs    when it resolved, -1 where it still fired at the end of the run
 * @param summary  the alert's own, when it was at its worst
 */
public record Episode(
        String rule, String subject, Severity severity, long beginUs, long pageUs, long endUs, String summary,
        boolean baseline) {
    public boolean resolved() {
        return endUs >= 0;
    }
}
