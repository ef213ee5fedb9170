package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.network.Netgroup;
import org.bitcoinwatchdog.detectors.node.AnnouncedHeaders;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.BranchAnnouncer;
import org.bitcoinwatchdog.events.ChainBranch;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * A branch with valid proof of work grows beside the node's chain. Two miners who find a block at once make a branch of
 * one block. Longer branches, and branches that grow an hour after the fork, mean that miners follow other rules.
 * Blocks that the node itself replaced are a reorganization, until a miner extends them. If the node is on the shorter
 * side, the branch is longer than its chain.
 */
public final class ForkBranch extends NodeRule {
    private static final int CHAIN = 64;
    /** Branches that a digest carries. */
    private static final int TOLD = 8;

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
    /** As of the last judgement, the one with most work first; null before the first. */
    private List<ChainBranch> branches;

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
        List<BlockHeader> announced = AnnouncedHeaders.in(event);
        if (!announced.isEmpty()) {
            BranchAnnouncer announcer = announcer(event.getInboundMessage().getPeer(), node);
            for (BlockHeader header : announced) {
                changed |= headers.announced(header, announcer, node.nowNs());
            }
        }
        return changed;
    }

    private static BranchAnnouncer announcer(org.bitcoinwatchdog.events.Peer peer, NodeContext node) {
        BranchAnnouncer.Builder announcer = BranchAnnouncer.newBuilder().setAddress(peer.getAddress());
        node.peers().find(peer.getId()).ifPresent(known -> announcer.setSoftware(known.software())
                .setNetgroup(known.netgroup().map(Netgroup::name).orElse("")));
        return announcer.build();
    }

    @Override
    protected Judgement judge(NodeContext node) {
        if (!node.chain().armed() && !firing()) {
            return Judgement.UNDECIDED;
        }
        branches = branches(node);
        Optional<ChainBranch> worst = branches.stream()
                .max(Comparator.comparing((ChainBranch branch) -> BranchText.severity(branch, settings)).thenComparing(ChainBranch::getWork));
        return Judgement.of(worst.map(branch -> BranchText.severity(branch, settings)), () -> finding(worst.orElseThrow(), node), () -> over(node));
    }

    private List<ChainBranch> branches(NodeContext node) {
        return headers.branches(node.nowNs() - settings.settle().toNanos(), node.nowNs() - settings.hold().toNanos()).stream()
                .map(branch -> branch.toBuilder().setLabel(node.chain().sides().labelOf(branch)).build()).toList();
    }

    /** The first digest after a restart of the detectors has the branches too, so that the fleet's alert does not change. */
    @Override
    public void describe(NodeDigest.Builder digest, NodeContext node) {
        List<ChainBranch> told = branches != null ? branches : firing() ? branches(node) : List.of();
        told.stream().limit(TOLD).forEach(digest::addBranches);
    }

    /** The headers of a branch stay valid for the new process. */
    @Override
    protected boolean restarted(NodeContext node) {
        return false;
    }

    private Finding finding(ChainBranch branch, NodeContext node) {
        String summary = String.format(Locale.ROOT, "%s of %s grows beside the chain of %s since block %d", BranchText.name(branch),
                Words.count(branch.getLength(), "block"), node.node(), branch.getForkHeight() + 1);
        String description = String.format(Locale.ROOT, "%s. It began with block %s %s ago. Its newest block %s was heard of %s ago, %s. %s.%s %s Find"
                        + " out which chain the network is on (block explorers, bitcoin-cli getchaintips). Hold deposits until one branch"
                        + " has stopped.",
                summary, BranchText.hash(branch.getFirstHash()), Words.span(node.nowNs() - branch.getSinceNs()), BranchText.hash(branch.getTipHash()),
                Words.span(node.nowNs() - branch.getExtendedAtNs()), BranchText.announcers(branch.getAnnouncersList()),
                BranchText.comparison(branch, node.node()), BranchText.signals(branch), BranchText.thresholds(settings));
        int ahead = branch.getLength() - branch.getOwnLength();
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("length", branch.getLength(), settings.page(), "blocks"),
                        Measurement.of("ahead", Math.max(0, ahead), "blocks"),
                        Measurement.of("own-length", branch.getOwnLength(), "blocks"),
                        Measurement.of("work-ratio", branch.getOwnWork() == 0 ? 0 : Words.rounded(branch.getWork() / branch.getOwnWork()), "ratio"),
                        Measurement.of("height", branch.getForkHeight() + 1, "blocks")),
                Map.of("blocks", List.of(BranchText.hash(branch.getFirstHash()), BranchText.hash(branch.getTipHash())),
                        "peers", branch.getAnnouncersList().stream().map(BranchAnnouncer::getAddress).distinct().limit(20).toList()),
                node.continuity().messagesKnownSinceNs() <= branch.getSinceNs()));
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = node.continuity().stopped() ? node.node() + " was stopped" : String.format(
                "No branch beside the chain of %s has grown for %s", node.node(), Words.span(settings.hold().toNanos()));
        return new Finding(text, text + ".", Evidence.NONE);
    }

    @Override
    protected int version() {
        return 2;
    }

    @Override
    protected void saveFacts(StateWriter out) {
        headers.save(out);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        if (version >= 2) {
            headers.restore(in);
        } else {
            headers.restoreFirstForm(in);
        }
    }
}
