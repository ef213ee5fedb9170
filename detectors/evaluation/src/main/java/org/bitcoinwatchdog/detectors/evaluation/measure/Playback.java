package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.evaluation.baseline.Baseline;
import org.bitcoinwatchdog.detectors.evaluation.baseline.PerPeerCount;
import org.bitcoinwatchdog.detectors.evaluation.baseline.ZScoreBands;
import org.bitcoinwatchdog.detectors.evaluation.measure.AlertLog.Episode;
import org.bitcoinwatchdog.detectors.evaluation.traffic.FleetTraffic;
import org.bitcoinwatchdog.detectors.state.Faults;
import org.bitcoinwatchdog.events.NodeEvent;

/** Plays a fleet's traffic to the real rules and to the baselines at once. */
final class Playback {
    private static final double US_PER_YEAR = 365.25 * 86_400e6;

    /**
     * @param nodeYears simulated
     * @param events    that the rules were given
     */
    record Played(List<Episode> episodes, double nodeYears, long events) {
    }

    /** Real nodes count as watched from one event to the next only if it comes within this time. */
    private static final long ALIVE_US = 120_000_000;

    /** A rule that throws ends the evaluation. In production it is only suspended. */
    private static final Faults LOUD = new Faults() {
        @Override
        public void failed(String section, RuntimeException cause) {
            throw new IllegalStateException("the rule " + section + " failed", cause);
        }

        @Override
        public void unreadable(String section, RuntimeException cause) {
            throw new IllegalStateException("nothing is stored that could be unreadable: " + section, cause);
        }
    };

    private final DetectorSettings settings;

    Playback(DetectorSettings settings) {
        this.settings = settings;
    }

    /** @param observer sees every event too, after the rules */
    Played play(FleetTraffic traffic, long untilUs, Consumer<NodeEvent> observer) {
        return play(traffic, untilUs, observer, log -> false);
    }

    /** @param enough asked each minute of event time: ends the play early */
    Played play(FleetTraffic traffic, long untilUs, Consumer<NodeEvent> observer, Predicate<AlertLog> enough) {
        AlertLog log = new AlertLog();
        OfflineDetection rules =
                new OfflineDetection(settings, alert -> log.alert(alert, traffic.eventUs()), LOUD);
        List<Baseline> baselines = List.of(PerPeerCount.addresses(), PerPeerCount.pings(), new ZScoreBands());
        Baseline.Alarms alarms = (rule, node, on) -> log.alarm(rule, node, on, traffic.eventUs());
        long[] events = {0};
        long fromUs = traffic.nowUs();
        while (traffic.nowUs() < untilUs && !enough.test(log)) {
            traffic.playUntil(traffic.nowUs() + 1, event -> {
                events[0]++;
                rules.on(event);
                for (Baseline baseline : baselines) {
                    baseline.on(event, alarms);
                }
                observer.accept(event);
            });
        }
        long nodes = traffic.nodes().stream().filter(node -> !node.witness()).count();
        double nodeYears = (traffic.nowUs() - fromUs) / US_PER_YEAR * nodes;
        return new Played(log.episodes(), nodeYears, events[0]);
    }

    /**
     * Plays real events to the rules.
     *
     * @param observer sees every event too, before the rules
     */
    Played play(Iterator<NodeEvent> events, Consumer<NodeEvent> observer) {
        AlertLog log = new AlertLog();
        long[] nowUs = {0};
        OfflineDetection rules = new OfflineDetection(settings, alert -> log.alert(alert, nowUs[0]), LOUD);
        Map<String, Long> lastUs = new HashMap<>();
        long count = 0;
        long aliveUs = 0;
        for (; events.hasNext(); count++) {
            NodeEvent event = events.next();
            nowUs[0] = event.getObservedAtNs() / 1_000;
            Long last = lastUs.put(event.getNode(), nowUs[0]);
            long stepUs = last == null ? 0 : nowUs[0] - last;
            aliveUs += stepUs > ALIVE_US ? 0 : Math.max(0, stepUs);
            observer.accept(event);
            rules.on(event);
        }
        return new Played(log.episodes(), aliveUs / US_PER_YEAR, count);
    }
}
