package org.bitcoinwatchdog.deploy.console.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bitcoinwatchdog.deploy.console.model.NetworkChain.ForkView;
import org.bitcoinwatchdog.deploy.console.model.NetworkChain.SideView;
import org.bitcoinwatchdog.events.BranchSignal;
import org.bitcoinwatchdog.events.ChainBranch;
import org.bitcoinwatchdog.events.SafeText;

/** Joins the branches that the nodes of a network report. Each node reports a fork from its own side. */
final class ForkTree {
    private static final Comparator<ForkView> NEWEST_FIRST = Comparator.comparingInt(ForkView::height).reversed().thenComparing(ForkView::hash);

    /** One side, as far as any node knows it. */
    private static final class ReportedSide {
        private String tipHash = "";
        private int blocks;
        private double work;
        private String label = "";
        private long extendedMs = Long.MAX_VALUE;
        private final TreeSet<String> nodes = new TreeSet<>();
        private final TreeSet<String> announcedBy = new TreeSet<>();
        private final TreeMap<Integer, Integer> bits = new TreeMap<>();

        /** The longest report is the newest. */
        void extend(int itsBlocks, double itsWork, String itsTip, long agoMs) {
            work = Math.max(work, itsWork);
            if (itsBlocks > blocks || itsBlocks == blocks && agoMs < extendedMs) {
                extendedMs = agoMs;
            }
            if (itsBlocks > blocks) {
                blocks = itsBlocks;
                tipHash = itsTip;
            }
        }

        SideView view(String firstHash) {
            return new SideView(firstHash, tipHash, blocks, work, label, extendedMs, List.copyOf(nodes),
                    announcedBy.stream().limit(ConsoleLimits.SOFTWARE).toList(), bits);
        }
    }

    private static final class ReportedFork {
        private final int height;
        private long agoMs;
        private final Map<String, ReportedSide> sides = new TreeMap<>();
        private final TreeSet<String> at = new TreeSet<>();

        ReportedFork(int height) {
            this.height = height;
        }

        ReportedSide side(String firstHash) {
            return sides.computeIfAbsent(firstHash, first -> new ReportedSide());
        }

        /** Nodes that do not report the fork are on the side that has a block of theirs. */
        void place(NodeChain node) {
            boolean placed = at.contains(node.name()) || sides.values().stream().anyMatch(side -> side.nodes.contains(node.name()));
            if (!placed) {
                sides.entrySet().stream().filter(side -> node.has(side.getKey()) || node.has(side.getValue().tipHash))
                        .findFirst().ifPresent(side -> side.getValue().nodes.add(node.name()));
            }
        }

        ForkView view(String hash) {
            return new ForkView(height, hash, agoMs, sides.entrySet().stream().filter(side -> side.getValue().blocks > 0)
                    .map(side -> side.getValue().view(side.getKey()))
                    .sorted(Comparator.comparingDouble(SideView::work).reversed().thenComparing(SideView::tipHash))
                    .limit(ConsoleLimits.SIDES).toList(), List.copyOf(at));
        }
    }

    private final Map<String, ReportedFork> forks = new HashMap<>();

    private ForkTree() {
    }

    /** The forks that these nodes of one network report, newest first. */
    static List<ForkView> of(Collection<NodeChain> nodes) {
        ForkTree tree = new ForkTree();
        for (NodeChain node : nodes) {
            node.digest().getBranchesList().forEach(branch -> tree.add(node, branch));
        }
        List<ForkView> views = new ArrayList<>();
        tree.forks.forEach((hash, fork) -> {
            nodes.forEach(fork::place);
            views.add(fork.view(hash));
        });
        return views.stream().sorted(NEWEST_FIRST).limit(ConsoleLimits.FORKS).toList();
    }

    private void add(NodeChain node, ChainBranch branch) {
        ReportedFork fork = forks.computeIfAbsent(TipView.hex(branch.getForkHash()), hash -> new ReportedFork(branch.getForkHeight()));
        fork.agoMs = Math.max(fork.agoMs, node.agoMs(branch.getSinceNs()));
        ReportedSide other = fork.side(TipView.hex(branch.getFirstHash()));
        other.extend(branch.getLength(), branch.getWork(), TipView.hex(branch.getTipHash()), node.agoMs(branch.getExtendedAtNs()));
        if (!branch.getLabel().isEmpty()) {
            other.label = SafeText.of(branch.getLabel(), ConsoleLimits.TEXT);
        }
        branch.getAnnouncersList().stream().map(announcer -> SafeText.of(announcer.getSoftware(), ConsoleLimits.TEXT))
                .filter(software -> !software.isEmpty()).forEach(other.announcedBy::add);
        if (branch.getOwnLength() == 0) {
            fork.at.add(node.name());
        } else {
            own(fork.side(TipView.hex(branch.getOwnFirstHash())), node, branch);
        }
        for (BranchSignal signal : branch.getSignalsList()) {
            other.bits.merge(signal.getBit(), signal.getBlocks(), Math::max);
        }
    }

    private static void own(ReportedSide side, NodeChain node, ChainBranch branch) {
        side.nodes.add(node.name());
        side.extend(branch.getOwnLength(), branch.getOwnWork(), node.tip() == null ? "" : node.tip().hash(),
                node.tip() == null ? 0 : node.agoMs(node.tip().connectedMs() * 1_000_000));
        for (BranchSignal signal : branch.getSignalsList()) {
            side.bits.merge(signal.getBit(), signal.getOwnBlocks(), Math::max);
        }
    }
}
