package org.bitcoinwatchdog.detectors.topology;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.Score;

/**
 * How close each rule is to firing for each node, as gauges: the scores of the node's last digest. One thread writes,
 * scrapes read concurrently. Closed with the reader, since another reader takes over its nodes.
 */
final class ScoreMeters implements AutoCloseable {
    private final MeterRegistry registry;
    private final SignallingMeters signalling;
    private final Map<String, Map<String, RuleScore>> nodes = new HashMap<>();

    /** NaN while the rule is disarmed. */
    private static final class RuleScore {
        private final Meter valueMeter;
        private final Meter thresholdMeter;
        private volatile double value = Double.NaN;
        private volatile double threshold = Double.NaN;
        private boolean armed;

        private RuleScore(MeterRegistry registry, Tags tags) {
            valueMeter = Gauge.builder("watchdog.detectors.score", this, score -> score.value)
                    .description("What the rule measures now, in the unit of the label; NaN while it is disarmed")
                    .tags(tags)
                    .register(registry);
            thresholdMeter = Gauge.builder("watchdog.detectors.threshold", this, score -> score.threshold)
                    .description("The lowest score at which the rule fires; NaN while it is disarmed")
                    .tags(tags)
                    .register(registry);
        }

        private void take(Score score) {
            value = score.getValue();
            threshold = score.getThreshold();
            armed = true;
        }

        /** Called after each digest: rules missing in it are disarmed. */
        private void settle() {
            if (!armed) {
                value = Double.NaN;
                threshold = Double.NaN;
            }
            armed = false;
        }
    }

    ScoreMeters(MeterRegistry registry) {
        this.registry = registry;
        signalling = new SignallingMeters(registry);
    }

    void on(NodeDigest digest) {
        if (digest.getStopped() || digest.getUnfollowed()) {
            remove(nodes.remove(digest.getNode()));
            signalling.remove(digest.getNode());
            return;
        }
        signalling.on(digest);
        Map<String, RuleScore> rules = nodes.computeIfAbsent(digest.getNode(), node -> new HashMap<>());
        for (Score score : digest.getScoresList()) {
            rules.computeIfAbsent(score.getRule(), rule -> new RuleScore(registry, Tags.of("node", digest.getNode(),
                    "network", digest.getNetwork(), "rule", rule, "unit", score.getUnit()))).take(score);
        }
        rules.values().forEach(RuleScore::settle);
    }

    @Override
    public void close() {
        nodes.values().forEach(this::remove);
        signalling.removeAll();
        nodes.clear();
    }

    private void remove(Map<String, RuleScore> rules) {
        if (rules != null) {
            rules.values().forEach(score -> {
                registry.remove(score.valueMeter);
                registry.remove(score.thresholdMeter);
            });
        }
    }
}
