package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.evaluation.benign.BenignCases;
import org.bitcoinwatchdog.detectors.evaluation.injection.Injections;
import org.bitcoinwatchdog.detectors.evaluation.measure.AlertLog.Episode;
import org.bitcoinwatchdog.detectors.evaluation.measure.Chart.Threshold;
import org.bitcoinwatchdog.detectors.evaluation.traffic.FleetTraffic.FleetPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/**
 * The cases with a chart in the report, of their first repetition. Thresholds are those of rules.md.
 *
 * @param of name of the injection or benign case
 */
record ChartSpec(String of, String caption, String unit, Supplier<Probe> probe, List<Threshold> thresholds) {
    private static final long MARGIN_US = 3_600_000_000L;
    private static final long DAY_US = 86_400_000_000L;

    static final List<ChartSpec> ALL = List.of(
            new ChartSpec("address flood, 500 × 10 from 5 peers",
                    "Entries that node-0 received in the last ten minutes. The answers to its own getaddr, of 1,000 each, are no flood.",
                    "entries", Probe::addressEntries, List.of(new Threshold("page", 5_000))),
            new ChartSpec("inbound capture over 6 h, 70 % by 1 group",
                    "Share of the largest netgroup of node-0's inbound peers.",
                    "share", Probe::largestInboundNetgroup, List.of(new Threshold("warn", 0.30))),
            new ChartSpec("inbound capture over 6 h, 70 % by 20 groups",
                    "The same capture by twenty groups looks as honest as honest peers do: no index sees it.",
                    "share", Probe::largestInboundNetgroup, List.of(new Threshold("warn", 0.30))),
            new ChartSpec("outbound capture by one AS, 6 of 10",
                    "Outbound peers of node-0 in its largest autonomous system.",
                    "peers", Probe::largestOutboundAs, List.of(new Threshold("warn", 5), new Threshold("page", 6))),
            new ChartSpec("starved of blocks, one node",
                    "Blocks that the best other node of the fleet has more than node-0.",
                    "blocks", Probe::blocksBehind, List.of(new Threshold("page", 2))),
            new ChartSpec("100 minutes without a block",
                    "Minutes since node-0 connected a block: benign, seen by the whole fleet.",
                    "minutes", Probe::minutesSinceBlock, List.of(new Threshold("page", 109))));

    static Optional<ChartSpec> of(String name) {
        return ALL.stream().filter(spec -> spec.of.equals(name)).findFirst();
    }

    Chart chart(ChartRecorder recorder, InjectionTrial.InjectionOutcome result) {
        return chart(recorder, Optional.of(result.span()), result.span(), result.episodes());
    }

    Chart chart(ChartRecorder recorder, BenignTrial.BenignOutcome result) {
        long beginUs = FleetPlan.START_US + DAY_US;
        return chart(recorder, Optional.empty(), new TimeSpan(beginUs, beginUs + 3 * MARGIN_US), result.episodes());
    }

    private Chart chart(ChartRecorder recorder, Optional<TimeSpan> attack, TimeSpan span, List<Episode> episodes) {
        long fromUs = span.beginUs() - MARGIN_US;
        long untilUs = span.endUs() + MARGIN_US;
        List<Episode> meanwhile = episodes.stream()
                .filter(episode -> !episode.baseline())
                .filter(episode -> episode.beginUs() < untilUs && (!episode.resolved() || episode.endUs() > fromUs))
                .toList();
        return new Chart(of, caption, unit, fromUs, recorder.values(fromUs, untilUs), thresholds, attack, meanwhile);
    }

    /** Whether such a case exists. Otherwise a renamed case would lose its chart silently. */
    static boolean exists(ChartSpec spec) {
        return Injections.ALL.stream().anyMatch(injection -> injection.name().equals(spec.of))
                || BenignCases.ALL.stream().anyMatch(benign -> benign.name().equals(spec.of));
    }
}
