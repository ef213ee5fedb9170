package org.bitcoinwatchdog.detectors.behaviour;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector;
import org.bitcoinwatchdog.detectors.fleet.FleetQuorum;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.window.SlidingSum;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;

/**
 * Compact blocks that the node could not rebuild from its mempool, so that it asked for transactions: getblocktxn sent
 * per cmpctblock received (rules.md section 4). Measured: 3 per 16 an hour on a node without inbound peers, 5 per 21 on
 * a listening one. One node's rise may come from its own mempool. A rise on several nodes means that blocks have
 * transactions that nobody relays.
 */
public final class CompactBlockFailures extends NodeRule {
    /**
     * @param ratio  requests for each compact block from which the rule fires
     * @param blocks compact blocks needed in {@code window}
     * @param nodes  number of nodes of one network from which the fleet's alert fires
     */
    public record Settings(boolean enabled, double ratio, int blocks, Duration window, int nodes, Duration clearAfter) implements RuleSettings {
        public Settings {
            if (!(ratio > 0)) {
                throw new IllegalArgumentException("ratio must be above 0");
            }
            Check.atLeastOne("blocks", blocks);
            Check.positive("window", window);
            Check.atLeastOne("nodes", nodes);
            Check.notNegative("clear-after", clearAfter);
        }

        /** With the measured spread, one window of four hours in twenty has more than 0.8 (see README, evaluation). */
        public static Settings defaults() {
            return new Settings(true, 2, 20, Duration.ofHours(4), 2, Duration.ofMinutes(30));
        }
    }

    private final Settings settings;
    private SlidingSum received;
    private SlidingSum failed;

    public CompactBlockFailures(Rule rule, Settings settings) {
        super(rule, settings.clearAfter());
        this.settings = settings;
        received = new SlidingSum(settings.window());
        failed = new SlidingSum(settings.window());
    }

    /** Several nodes of a network measure it at the same time: blocks have transactions that no mempool had. */
    public static FleetDetector onSeveralNodes(Rule rule, Settings settings) {
        return new FleetQuorum(new FleetQuorum.Question(rule, "compact-block-failures", settings.nodes(), Severity.INFO,
                "can't rebuild most compact blocks",
                "Blocks contain transactions that are not relayed. Find out which transactions of the latest blocks the mempools lacked.",
                Duration.ofMinutes(30)));
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.INBOUND_MESSAGE && payload == Message.PayloadCase.BLOCK
                || body == NodeEvent.BodyCase.OUTBOUND_MESSAGE && payload == Message.PayloadCase.BLOCK_TRANSACTIONS;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        if (event.getInboundMessage().getType().equals("cmpctblock")) {
            received.add(node.nowNs(), 1);
            return true;
        }
        if (event.getOutboundMessage().getType().equals("getblocktxn")) {
            failed.add(node.nowNs(), 1);
            return true;
        }
        return false;
    }

    private double ratio(NodeContext node) {
        return (double) failed.sum(node.nowNs()) / Math.max(1, received.sum(node.nowNs()));
    }

    private boolean judgeable(NodeContext node) {
        return node.chain().armed() && received.sum(node.nowNs()) >= settings.blocks();
    }

    @Override
    protected boolean restarted(NodeContext node) {
        received = new SlidingSum(settings.window());
        failed = new SlidingSum(settings.window());
        return true;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        return Judgement.of(judgeable(node) && ratio(node) >= settings.ratio(), Severity.INFO, () -> finding(node), () -> over(node));
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return judgeable(node) ? Optional.of(score(ratio(node), settings.ratio(), "ratio")) : Optional.empty();
    }

    private Finding finding(NodeContext node) {
        long now = node.nowNs();
        return new Finding(String.format(Locale.ROOT, "%s lacks transactions of compact blocks: it sent %.1f requests for each",
                node.node(), ratio(node)), String.format(
                Locale.ROOT, "In %s, %s received %,d compact blocks and requested transactions %,d times (fires from %.1f for"
                        + " each on; Core asks several peers at once). Blocks"
                        + " then take a round trip longer to arrive. Check the node's mempool: its size (maxmempool), its relay"
                        + " policy compared with miners, and whether it was started recently.",
                Words.span(settings.window().toNanos()), node.node(), received.sum(now), failed.sum(now),
                settings.ratio()), evidence(node));
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = node.node() + " rebuilds compact blocks as usual again";
        return new Finding(text, text + ".", evidence(node));
    }

    private Evidence evidence(NodeContext node) {
        return new Evidence(List.of(Measurement.against("failures-per-block", ratio(node), settings.ratio(), "ratio"),
                Measurement.of("compact-blocks", received.sum(node.nowNs()), "blocks")), Map.of(),
                node.continuity().messagesKnownSinceNs() <= node.nowNs() - settings.window().toNanos());
    }

    @Override
    protected void saveFacts(StateWriter out) {
        received.save(out);
        failed.save(out);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        received.restore(in);
        failed.restore(in);
    }
}
