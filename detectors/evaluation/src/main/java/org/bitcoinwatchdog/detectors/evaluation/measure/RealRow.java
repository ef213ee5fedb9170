package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.List;
import org.bitcoinwatchdog.detectors.evaluation.RealTraffic;
import org.bitcoinwatchdog.detectors.evaluation.measure.AlertLog.Episode;

/**
 * What the rules reported about real traffic.
 *
 * @param alerts alerts, without the FleetLag alerts about real lags
 * @param lags   number of real lags over two minutes
 * @param once   number of lags that FleetLag found exactly once
 * @param never  number of lags that FleetLag did not find
 */
public record RealRow(RealTraffic.TrafficKind kind, BenignRow alerts, int lags, int once, int never) {
    private static final String FLEET_LAG = "FleetLag";

    static RealRow of(RealTrial.RealOutcome result) {
        List<Episode> found = result.episodes().stream().filter(episode -> episode.rule().equals(FLEET_LAG)).toList();
        List<Episode> others = result.episodes().stream()
                .filter(episode -> !found.contains(episode) || result.lags().stream().noneMatch(lag -> lag.isOf(episode)))
                .toList();
        List<Long> times = result.lags().stream().map(lag -> lag.foundBy(found)).toList();
        return new RealRow(result.traffic().kind(), BenignRow.of(result.traffic().name(), result.nodeYears(), others),
                times.size(), (int) times.stream().filter(count -> count == 1).count(),
                (int) times.stream().filter(count -> count == 0).count());
    }
}
