package org.bitcoinwatchdog.detectors.blocks;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.events.BranchAnnouncer;
import org.bitcoinwatchdog.events.BranchSignal;
import org.bitcoinwatchdog.events.ChainBranch;
import org.bitcoinwatchdog.events.Severity;

/** How bad a branch is, and what alerts say of it. */
final class BranchText {
    private static final int WARN = 2;
    /** Sums of the same work in another order differ by less. */
    private static final double SAME_WORK = 1e-9;
    private static final int NAMED = 5;

    private BranchText() {
    }

    /** A known branch is acknowledged by the configuration, so it only informs. */
    static Severity severity(ChainBranch branch, ForkBranch.Settings settings) {
        if (!branch.getLabel().isEmpty()) {
            return Severity.INFO;
        }
        boolean late = branch.getLength() >= WARN && branch.getMadeAtNs() - branch.getSinceNs() >= settings.late().toNanos();
        return branch.getLength() >= settings.page() || late ? Severity.PAGE : branch.getLength() >= WARN ? Severity.WARN : Severity.INFO;
    }

    static boolean hasMoreWork(ChainBranch branch) {
        return branch.getWork() > branch.getOwnWork() * (1 + SAME_WORK);
    }

    /** Compares the branch with a node's own chain since the fork. */
    static String comparison(ChainBranch branch, String node) {
        String share = branch.getOwnWork() > 0 ? Words.percent(branch.getWork() / branch.getOwnWork()) + " of its work" : "all the work";
        boolean same = !hasMoreWork(branch) && branch.getWork() >= branch.getOwnWork() * (1 - SAME_WORK);
        String verdict = hasMoreWork(branch) ? node + " is on the side with less work" : same ? "Both sides have the same work"
                : node + " is on the side with more work";
        return String.format(Locale.ROOT, "The chain of %s has %s since the fork, and the branch has %s. %s", node,
                Words.count(branch.getOwnLength(), "block"), share, verdict);
    }

    /** Which bits the branch's miners signal with, and which the node's chain; empty if none. */
    static String signals(ChainBranch branch) {
        List<String> bits = new ArrayList<>();
        for (BranchSignal signal : branch.getSignalsList()) {
            bits.add(String.format(Locale.ROOT, "bit %d in %d of the branch and %d of the chain",
                    signal.getBit(), signal.getBlocks(), signal.getOwnBlocks()));
        }
        return bits.isEmpty() ? "" : " Blocks signal with " + Words.list(bits, NAMED) + ".";
    }

    /** Who announced the branch. */
    static String announcers(List<BranchAnnouncer> all) {
        if (all.isEmpty()) {
            return "announced by nobody who is known";
        }
        List<String> software = distinct(all, BranchAnnouncer::getSoftware);
        List<String> netgroups = distinct(all, BranchAnnouncer::getNetgroup);
        return "announced by " + Words.list(distinct(all, BranchAnnouncer::getAddress), NAMED)
                + (software.isEmpty() ? "" : ", which run " + Words.list(software, NAMED))
                + (netgroups.isEmpty() ? "" : ", in " + Words.list(netgroups, NAMED));
    }

    private static List<String> distinct(List<BranchAnnouncer> all, Function<BranchAnnouncer, String> what) {
        return all.stream().map(what).filter(text -> !text.isEmpty()).distinct().toList();
    }

    /** The branch's label in front of "branch", if it is a known one. */
    static String name(ChainBranch branch) {
        return branch.getLabel().isEmpty() ? "A branch" : "At the known fork " + branch.getLabel() + ", a branch";
    }

    static String hash(ByteString wire) {
        return Optional.of(wire).filter(each -> !each.isEmpty()).map(each -> new BlockHash(each).toString()).orElse("an unknown block");
    }

    static String thresholds(ForkBranch.Settings settings) {
        return String.format(Locale.ROOT, "This alert informs of one block or of a known branch, warns of two blocks, and pages from %s or if a"
                        + " branch is extended more than %s after the fork.",
                Words.count(settings.page(), "block"), Words.span(settings.late().toNanos()));
    }
}
