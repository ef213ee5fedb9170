package org.bitcoinwatchdog.detectors.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.family.DetectorFamily;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Severity;

/**
 * A mempool that takes, loses or refuses far more than is usual: rules.md section 4.
 *
 * @param mempoolAdded    far more transactions added than is usual for this node
 * @param mempoolReplaced far more replaced
 * @param mempoolRejected far more rejected
 * @param mempoolFull     far more dropped because the mempool is full
 */
public record MempoolCongestion(
        RateRule.Settings mempoolAdded,
        RateRule.Settings mempoolReplaced,
        RateRule.Settings mempoolRejected,
        RateRule.Settings mempoolFull) implements DetectorFamily {
    private static final String DETECTOR = "mempool-congestion";
    static final Rule ADDED = new Rule(DETECTOR, "MempoolAdded", Severity.INFO);
    static final Rule REPLACED = new Rule(DETECTOR, "MempoolReplaced", Severity.INFO);
    static final Rule REJECTED = new Rule(DETECTOR, "MempoolRejected", Severity.INFO);
    static final Rule FULL = new Rule(DETECTOR, "MempoolFull", Severity.INFO);
    private static final double DEVIATIONS = 6;

    /** Floors are a few times what a busy node has in 5 minutes: 2,000 transactions a minute are normal bursts. */
    public static MempoolCongestion defaults() {
        return new MempoolCongestion(RateRule.Settings.ofLogDeviations(15_000, DEVIATIONS),
                RateRule.Settings.ofLogDeviations(3_000, DEVIATIONS), RateRule.Settings.ofLogDeviations(3_000, DEVIATIONS),
                RateRule.Settings.ofLogDeviations(1_000, DEVIATIONS));
    }

    @Override
    public Map<Rule, Boolean> rules() {
        return Map.of(
                ADDED, mempoolAdded.enabled(),
                REPLACED, mempoolReplaced.enabled(),
                REJECTED, mempoolRejected.enabled(),
                FULL, mempoolFull.enabled());
    }

    @Override
    public List<Supplier<Detector>> forNode() {
        List<Supplier<Detector>> rules = new ArrayList<>();
        add(rules, mempoolAdded, new RateRule.Metric(ADDED, "mempool-added", "transactions added to its mempool",
                "Compare with other nodes and explorers: a burst on one node alone comes from its own peers or wallet.",
                new Of(NodeEvent.BodyCase.MEMPOOL_ADDED, event -> true)));
        add(rules, mempoolReplaced, new RateRule.Metric(REPLACED, "mempool-replaced", "transactions replaced in its mempool",
                "Unconfirmed payments are less certain than usual now.",
                new Of(NodeEvent.BodyCase.MEMPOOL_REPLACED, event -> true)));
        add(rules, mempoolRejected, new RateRule.Metric(REJECTED, "mempool-rejected", "transactions rejected by its mempool",
                "Look at the reasons (bitcoin-cli -stdin testmempoolaccept, debug=mempoolrej) and at who sends them.",
                new Of(NodeEvent.BodyCase.MEMPOOL_REJECTED, event -> true)));
        add(rules, mempoolFull, new RateRule.Metric(FULL, "mempool-full", "transactions dropped because its mempool is full",
                "Fees below getmempoolinfo's mempoolminfee are not relayed now; check maxmempool.",
                new Of(NodeEvent.BodyCase.MEMPOOL_REMOVED, event -> event.getMempoolRemoved().getReason().equals("sizelimit"))));
        return rules;
    }

    private static void add(List<Supplier<Detector>> rules, RateRule.Settings settings, RateRule.Metric metric) {
        if (settings.enabled()) {
            rules.add(() -> new RateRule(metric, settings));
        }
    }

    private record Of(NodeEvent.BodyCase counted, Predicate<NodeEvent> counts) implements RateRule.Count {
        @Override
        public boolean takes(NodeEvent.BodyCase body, Message.PayloadCase payload) {
            return body == counted;
        }

        @Override
        public long of(NodeEvent event) {
            return event.getBodyCase() == counted && counts.test(event) ? 1 : 0;
        }
    }
}
