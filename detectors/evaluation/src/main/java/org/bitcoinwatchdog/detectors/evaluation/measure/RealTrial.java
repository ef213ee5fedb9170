package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.List;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.evaluation.RealTraffic;
import org.bitcoinwatchdog.detectors.evaluation.measure.AlertLog.Episode;
import org.bitcoinwatchdog.events.NodeEvent;

/** Plays real traffic once. */
final class RealTrial implements Trial {
    private final RealTraffic traffic;

    /** @param lags real lags in the traffic, found independently of the rules */
    record RealOutcome(RealTraffic traffic, double nodeYears, List<Episode> episodes, List<RealLags.Lag> lags, long events)
            implements TrialOutcome {
    }

    RealTrial(RealTraffic traffic) {
        this.traffic = traffic;
    }

    @Override
    public String name() {
        return traffic.name();
    }

    @Override
    public String part() {
        return "real traffic";
    }

    @Override
    public double weight() {
        return traffic.weight();
    }

    @Override
    public TrialOutcome run(Playback playback) {
        RealLags lags = new RealLags();
        try (Stream<NodeEvent> events = traffic.events().get()) {
            Playback.Played played = playback.play(events.iterator(), lags);
            return new RealOutcome(traffic, played.nodeYears(), played.episodes(), lags.all(), played.events());
        }
    }
}
