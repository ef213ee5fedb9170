package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Severity;

/**
 * The node replaced blocks that it had connected. No tracepoint reports a disconnected block, so it is inferred from
 * the node's chain: the depth is the number of blocks that the node no longer holds. Headers show the parents of blocks
 * whose own event was lost. The same hash again is not a reorganization: after an unclean end Core reconnects blocks
 * that were not flushed, and an operator may invalidate and reconsider blocks.
 *
 * <p>Functional tests invalidate and replace blocks too. The rule does not fire in them because it is armed only after
 * some time at the tip (see Chain). A deep reorganization looks like catching up after its first blocks, so it counts
 * if it began while the rule was armed.
 */
public final class Reorg extends NodeRule {
    /**
     * @param pageDepth number of replaced blocks from which the rule pages; fewer are an info alert
     * @param hold      how long the alert fires, since a reorganization is over as soon as it is seen
     */
    public record Settings(boolean enabled, int pageDepth, Duration hold) implements RuleSettings {
        public Settings {
            Check.atLeastOne("page-depth", pageDepth);
            Check.positive("hold", hold);
        }

        /** One block is replaced a few times a month; two were last seen on the main network years apart. */
        public static Settings defaults() {
            return new Settings(true, 2, Duration.ofHours(1));
        }

        public Settings off() {
            return new Settings(false, pageDepth, hold);
        }

        /** A depth set for all networks applies if it is larger. */
        public Settings ofManyMiners() {
            return new Settings(enabled, Math.max(6, pageDepth), hold);
        }
    }

    private final Settings settings;
    private final RecentBlocks blocks = new RecentBlocks();
    /** The deepest reorganization within the time that the alert is held. */
    private int depth;
    private int height;
    private BlockHash replaced = new BlockHash(com.google.protobuf.ByteString.EMPTY);
    private BlockHash replacement = replaced;
    private long atNs;

    public Reorg(Rule rule, Settings settings) {
        super(rule, Duration.ZERO, Cadence.EACH_SECOND);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.BLOCK_CONNECTED;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        blocks.take(node.chain().blocks().down(RecentBlocks.HEIGHTS));
        int replacedBlocks = blocks.replaced();
        if (replacedBlocks > 0 && judges(node) && (!firing() || replacedBlocks >= depth)) {
            depth = replacedBlocks;
            height = blocks.replacedFrom();
            replaced = blocks.before(height);
            replacement = blocks.now(height);
            atNs = node.nowNs();
        }
        return true;
    }

    @Override
    protected boolean judgesNow(NodeContext node) {
        return true;
    }

    private boolean judges(NodeContext node) {
        return node.chain().armed() || firing() && height == blocks.replacedFrom();
    }

    @Override
    protected boolean advance(NodeContext node) {
        boolean over = depth > 0 && node.nowNs() - atNs >= settings.hold().toNanos();
        depth = over ? 0 : depth;
        return over;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        Severity severity = depth >= settings.pageDepth() ? Severity.PAGE : Severity.INFO;
        return Judgement.of(depth > 0, severity, () -> finding(node), () -> over(node));
    }

    /** The chain is on disk, so a restart of bitcoind changes nothing. */
    @Override
    protected boolean restarted(NodeContext node) {
        if (!node.continuity().stopped()) {
            return false;
        }
        depth = 0;
        return true;
    }

    private Finding finding(NodeContext node) {
        String what = String.format(Locale.ROOT, "%s replaced %s from height %d on", node.node(), Words.count(depth, "block"), height);
        String description = String.format(Locale.ROOT, "%s, %s ago: block %d is now %s instead of %s. This alert informs of one block"
                        + " and pages from %s. Check which payments were confirmed in the old branch and are not in the new one"
                        + " (bitcoin-cli getchaintips). Check whether other nodes and block explorers agree on the new tip.",
                what, Words.span(node.nowNs() - atNs), height, replacement, replaced, Words.count(settings.pageDepth(), "block"));
        return new Finding(what, description, new Evidence(
                List.of(Measurement.against("depth", depth, settings.pageDepth(), "blocks"),
                        Measurement.of("height", height, "blocks")),
                Map.of("blocks", List.of(replaced.toString(), replacement.toString())),
                node.continuity().blocksKnownSinceNs() <= atNs));
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = node.continuity().stopped() ? node.node() + " was stopped" : String.format(
                "%s replaced no more blocks for %s", node.node(), Words.span(settings.hold().toNanos()));
        return new Finding(text, text + ".", Evidence.NONE);
    }

    @Override
    protected int formerVersions() {
        return 2;
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.number(depth).number(height).bytes(replaced.wire()).bytes(replacement.wire()).number(atNs);
        blocks.save(out);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        depth = in.integer();
        height = in.integer();
        replaced = new BlockHash(in.byteString());
        replacement = new BlockHash(in.byteString());
        atNs = in.number();
        blocks.restore(in, version);
    }
}
