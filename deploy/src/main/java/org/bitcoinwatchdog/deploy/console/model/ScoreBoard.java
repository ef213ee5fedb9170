package org.bitcoinwatchdog.deploy.console.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Score;

/**
 * How near each rule is to speaking about one node, over the latest half hour: from the node's digests, and from the
 * evidence of alerts, which have the measured values of rules that do not report otherwise.
 */
final class ScoreBoard {
    private static final int SLOTS = 180;
    private static final long SLOT_NS = 10_000_000_000L;

    private static final class Rule {
        private final Series values = Series.ofLargest(SLOTS, SLOT_NS);
        private double value;
        private double threshold;
        private String unit = "";
        private long timeNs;
    }

    private final Map<String, Rule> rules = new TreeMap<>();

    void add(Score score, long timeNs) {
        add(score.getRule(), score.getValue(), score.getThreshold(), score.getUnit(), timeNs);
    }

    void add(Alert alert, long timeNs) {
        for (Measurement measurement : alert.evidence().measurements()) {
            if (measurement.threshold() != null) {
                String rule = alert.labels().get(Alert.ALERTNAME) + ": " + measurement.name();
                add(rule, measurement.value(), measurement.threshold(), measurement.unit(), timeNs);
            }
        }
    }

    List<ScoreView> view(long timeNs) {
        return rules.entrySet().stream().map(entry -> view(entry.getKey(), entry.getValue(), timeNs)).toList();
    }

    private void add(String name, double value, double threshold, String unit, long timeNs) {
        String shown = Printable.of(name);
        Rule rule = rules.get(shown);
        if (rule == null) {
            if (rules.size() >= Bounds.RULES) {
                return;
            }
            rule = new Rule();
            rules.put(shown, rule);
        }
        rule.values.add(timeNs, value);
        if (timeNs >= rule.timeNs) {
            rule.timeNs = timeNs;
            rule.value = value;
            rule.threshold = threshold;
            rule.unit = Printable.of(unit);
        }
    }

    private static ScoreView view(String name, Rule rule, long timeNs) {
        return new ScoreView(name, rule.value, rule.threshold, rule.unit, rule.timeNs / 1_000_000, SLOT_NS / 1_000_000_000L,
                rule.values.upTo(timeNs));
    }
}
