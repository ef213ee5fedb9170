package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.evaluation.benign.BenignCases;
import org.bitcoinwatchdog.detectors.evaluation.injection.Injections;
import org.bitcoinwatchdog.detectors.evaluation.measure.Picture.Threshold;
import org.bitcoinwatchdog.detectors.evaluation.traffic.FleetPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Span;

/**
 * The cases of which the report has a picture, of their first repetition. Thresholds are those of rules.md.
 *
 * @param of name of the injection or benign case
 */
record Pictured(String of, String caption, String unit, Supplier<Probe> probe, List<Threshold> thresholds) {
    private static final long MARGIN_US = 3_600_000_000L;
    private static final long DAY_US = 86_400_000_000L;

    static final List<Pictured> ALL = List.of(
            new Pictured("address flood, 500 × 10 from 5 peers",
                    "Entries that node-0 received in the last ten minutes. The answers to its own getaddr, of 1,000 each, are no flood.",
                    "entries", Probe::addressEntries, List.of(new Threshold("page", 5_000))),
            new Pictured("inbound capture over 6 h, 70 % by 1 group",
                    "Share of the largest netgroup of node-0's inbound peers.",
                    "share", Probe::largestInboundNetgroup, List.of(new Threshold("warn", 0.30))),
            new Pictured("inbound capture over 6 h, 70 % by 20 groups",
                    "The same capture by twenty groups looks as honest as honest peers do: no index sees it.",
                    "share", Probe::largestInboundNetgroup, List.of(new Threshold("warn", 0.30))),
            new Pictured("outbound capture by one AS, 6 of 10",
                    "Outbound peers of node-0 in its largest autonomous system.",
                    "peers", Probe::largestOutboundAs, List.of(new Threshold("warn", 5), new Threshold("page", 6))),
            new Pictured("starved of blocks, one node",
                    "Blocks that the best other node of the fleet has more than node-0.",
                    "blocks", Probe::blocksBehind, List.of(new Threshold("page", 2))),
            new Pictured("100 minutes without a block",
                    "Minutes since node-0 connected a block: benign, seen by the whole fleet.",
                    "minutes", Probe::minutesSinceBlock, List.of(new Threshold("page", 109))));

    static Optional<Pictured> of(String name) {
        return ALL.stream().filter(pictured -> pictured.of.equals(name)).findFirst();
    }

    Picture picture(Camera camera, InjectionTrial.Result result) {
        return picture(camera, Optional.of(result.span()), result.span(), result.episodes());
    }

    Picture picture(Camera camera, BenignTrial.Result result) {
        long beginUs = FleetPlan.START_US + DAY_US;
        return picture(camera, Optional.empty(), new Span(beginUs, beginUs + 3 * MARGIN_US), result.episodes());
    }

    private Picture picture(Camera camera, Optional<Span> attack, Span span, List<Episode> episodes) {
        long fromUs = span.beginUs() - MARGIN_US;
        long untilUs = span.endUs() + MARGIN_US;
        List<Episode> meanwhile = episodes.stream()
                .filter(episode -> !episode.baseline())
                .filter(episode -> episode.beginUs() < untilUs && (!episode.resolved() || episode.endUs() > fromUs))
                .toList();
        return new Picture(of, caption, unit, fromUs, camera.values(fromUs, untilUs), thresholds, attack, meanwhile);
    }

    /** Whether such a case exists; a renamed one would lose its picture silently. */
    static boolean exists(Pictured pictured) {
        return Injections.ALL.stream().anyMatch(injection -> injection.name().equals(pictured.of))
                || BenignCases.ALL.stream().anyMatch(benign -> benign.name().equals(pictured.of));
    }
}
