package org.bitcoinwatchdog.deploy.console.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.deploy.console.model.NodeView.ScoreView;
import org.bitcoinwatchdog.events.SafeText;
import org.bitcoinwatchdog.events.Score;

/** How near each rule is to firing for one node, over the last half hour. From the node's digests. */
final class ScoreBoard {
    private static final int SLOTS = 180;
    private static final long SLOT_NS = 10_000_000_000L;

    private static final class RuleScores {
        private final TimeSeries values = TimeSeries.ofLargest(SLOTS, SLOT_NS);
        private double value;
        private double threshold;
        private String unit = "";
        private long timeNs;
    }

    private final Map<String, RuleScores> rules = new TreeMap<>();

    void add(Score score, long timeNs) {
        String name = SafeText.of(score.getRule(), ConsoleLimits.TEXT);
        RuleScores rule = rules.get(name);
        if (rule == null) {
            if (rules.size() >= ConsoleLimits.RULES) {
                return;
            }
            rule = new RuleScores();
            rules.put(name, rule);
        }
        rule.values.add(timeNs, score.getValue());
        rule.timeNs = timeNs;
        rule.value = score.getValue();
        rule.threshold = score.getThreshold();
        rule.unit = SafeText.of(score.getUnit(), ConsoleLimits.TEXT);
    }

    List<ScoreView> view(long timeNs) {
        return rules.entrySet().stream().map(entry -> view(entry.getKey(), entry.getValue(), timeNs)).toList();
    }

    private static ScoreView view(String name, RuleScores rule, long timeNs) {
        return new ScoreView(name, rule.value, rule.threshold, rule.unit, rule.timeNs / 1_000_000, SLOT_NS / 1_000_000_000L,
                rule.values.upTo(timeNs));
    }
}
