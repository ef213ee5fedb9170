package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.node.AnnouncedHeaders;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Severity;

/**
 * A branch with valid proof of work grows beside the node's chain. Two miners who find a block at once make a branch of
 * one block. Longer branches, and branches that grow an hour after the fork, mean that miners follow other rules.
 * Blocks that the node itself replaced are a reorganization, until a miner extends them. If the node is on the shorter
 * side, the branch is longer than its chain.
 */
public final class ForkBranch extends NodeRule {
    private static final int WARN = 2;
    private static final int CHAIN = 64;

    /**
     * @param page    blocks of a branch from which the rule pages; two warn, and one is an info alert
     * @param late    time after the fork from which a branch that grows pages, whatever its length
     * @param settle  time that a block must be known before it counts: the node may be about to connect it
     * @param hold    how long after its newest block a branch counts
     */
    public record Settings(boolean enabled, int page, Duration late, Duration settle, Duration hold) implements RuleSettings {
        public Settings {
            Check.atLeastOne("page", page);
            Check.positive("late", late);
            Check.notNegative("settle", settle);
            Check.ordered("settle", settle, "hold", hold);
        }

        public static Settings defaults() {
            return new Settings(true, 3, Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofHours(24));
        }

        public Settings off() {
            return new Settings(false, page, late, settle, hold);
        }
    }

    private final Settings settings;
    private final BranchHeaders headers = new BranchHeaders();

    public ForkBranch(Rule rule, Settings settings) {
        super(rule, Duration.ZERO);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.BLOCK_CONNECTED || body == NodeEvent.BodyCase.INBOUND_MESSAGE
                && (payload == Message.PayloadCase.HEADERS || payload == Message.PayloadCase.BLOCK);
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        if (event.hasBlockConnected()) {
            headers.connected(node.chain().blocks().down(CHAIN), node.nowNs());
            return true;
        }
        boolean changed = false;
        for (BlockHeader header : AnnouncedHeaders.in(event)) {
            changed |= headers.announced(header, event.getInboundMessage().getPeer().getAddress(), node.nowNs());
        }
        return changed;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        if (!node.chain().armed() && !firing()) {
            return Judgement.UNDECIDED;
        }
        Optional<BranchHeaders.Branch> longest = headers.longest(
                node.nowNs() - settings.settle().toNanos(), node.nowNs() - settings.hold().toNanos());
        return Judgement.of(longest.map(this::severity), () -> finding(longest.orElseThrow(), node), () -> over(node));
    }

    /** The headers of a branch stay valid for the new process. */
    @Override
    protected boolean restarted(NodeContext node) {
        return false;
    }

    private Severity severity(BranchHeaders.Branch branch) {
        boolean late = branch.extendedAtNs() - branch.beganAtNs() >= settings.late().toNanos();
        return branch.length() >= settings.page() || late ? Severity.PAGE : branch.length() >= WARN ? Severity.WARN : Severity.INFO;
    }

    private Finding finding(BranchHeaders.Branch branch, NodeContext node) {
        int ahead = branch.height() - headers.tipHeight();
        String side = ahead > 0 ? String.format(Locale.ROOT, "The branch is %s longer than the chain of %s", Words.count(ahead, "block"), node.node())
                : String.format(Locale.ROOT, "The chain of %s has %s since the fork", node.node(),
                        Words.count(headers.tipHeight() - branch.forkHeight(), "block"));
        String summary = String.format(Locale.ROOT, "A branch of %s grows beside the chain of %s since block %d",
                Words.count(branch.length(), "block"), node.node(), branch.forkHeight() + 1);
        String who = "announced by " + Words.list(List.copyOf(branch.announcers()), 5);
        String description = String.format(Locale.ROOT, "%s: %s, newest block %s, %s ago, %s. %s. This alert informs of one block, warns of two, and"
                        + " pages from %s or if the branch grows more than %s after the fork. Find out which chain the network is on"
                        + " (block explorers, bitcoin-cli getchaintips). Hold deposits until one branch has stopped.",
                summary, branch.first(), branch.newest(), Words.span(node.nowNs() - branch.extendedAtNs()), who, side,
                Words.count(settings.page(), "block"), Words.span(settings.late().toNanos()));
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("length", branch.length(), settings.page(), "blocks"),
                        Measurement.of("ahead", Math.max(0, ahead), "blocks"), Measurement.of("height", branch.forkHeight() + 1, "blocks")),
                Map.of("blocks", List.of(branch.first().toString(), branch.newest().toString()),
                        "peers", branch.announcers().stream().limit(20).toList()),
                node.continuity().messagesKnownSinceNs() <= branch.beganAtNs()));
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = node.continuity().stopped() ? node.node() + " was stopped" : String.format(
                "No branch beside the chain of %s has grown for %s", node.node(), Words.span(settings.hold().toNanos()));
        return new Finding(text, text + ".", Evidence.NONE);
    }

    @Override
    protected void saveFacts(StateWriter out) {
        headers.save(out);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        headers.restore(in);
    }
}
