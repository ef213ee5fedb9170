package org.bitcoinwatchdog.deploy.console.model;

import java.util.List;
import java.util.Map;

/** The forks of one network that its nodes report, and how its blocks signal. Ages are by the clock of the node that reports. */
public record NetworkChain(String network, List<ForkView> forks, List<DeploymentView> deployments, List<BitView> unknownBits) {

    boolean empty() {
        return forks.isEmpty() && deployments.isEmpty() && unknownBits.isEmpty();
    }

    /**
     * A block with more than one child.
     *
     * @param height of the last common block
     * @param agoMs  since the first block of any side was heard of
     * @param sides  the one with most work first
     * @param at     names of the nodes whose tip is the last common block
     */
    public record ForkView(int height, String hash, long agoMs, List<SideView> sides, List<String> at) {
    }

    /**
     * One of the chains after a fork.
     *
     * @param firstHash   of the block after the fork; empty if no node knows it
     * @param blocks      since the fork
     * @param work        hashes that these blocks are expected to have cost
     * @param label       of a known branch; empty if there is none
     * @param extendedMs  milliseconds since its newest block was heard of
     * @param nodes       names of the nodes and witnesses on it
     * @param announcedBy software of the peers that announced it
     * @param bits        blocks that signal, by version bit
     */
    public record SideView(String firstHash, String tipHash, int blocks, double work, String label, long extendedMs, List<String> nodes,
            List<String> announcedBy, Map<Integer, Integer> bits) {
    }

    /**
     * The present period of a deployment.
     *
     * @param node            that reports it: the one with the highest tip among those on the same known branches
     * @param sides           labels of the known branches that this node is on
     * @param tipHeight       of this node
     * @param known           blocks of the period whose header is known
     * @param possible        the most blocks of the period that can signal
     * @param threshold       signalling blocks of one period from which the deployment locks in
     * @param mandatoryHeight 0 if blocks need never signal
     */
    public record DeploymentView(String name, int bit, String node, List<String> sides, int tipHeight, int periodStart, int periodBlocks, int known,
            int signalling, int possible, int threshold, int mandatoryHeight, boolean mandatoryIgnored) {
    }

    /** A bit that no known deployment uses, and that at least half of the last {@code known} blocks signal. */
    public record BitView(int bit, String node, int signalling, int known) {
    }
}
