package org.bitcoinwatchdog.deploy.console.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.deploy.console.model.NetworkChain.BitView;
import org.bitcoinwatchdog.deploy.console.model.NetworkChain.DeploymentView;
import org.bitcoinwatchdog.events.DeploymentSignal;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.SafeText;

/**
 * What one node says about the chain.
 *
 * @param tip     null before the first block
 * @param recent  hashes of its newest blocks
 * @param clockNs the node's time now
 */
record NodeChain(String name, String network, TipView tip, NodeDigest digest, Set<String> recent, long clockNs) {
    private static final Comparator<NodeChain> BY_HEIGHT = Comparator.comparingInt(NodeChain::height).thenComparing(NodeChain::name);

    boolean has(String hash) {
        return !hash.isEmpty() && (recent.contains(hash) || tip != null && tip.hash().equals(hash));
    }

    long agoMs(long ns) {
        return Math.max(0, clockNs - ns) / 1_000_000;
    }

    private int height() {
        return tip == null ? 0 : tip.height();
    }

    /** Of each network that has something to show, in the order of their names. */
    static List<NetworkChain> networks(Collection<NodeChain> nodes) {
        Map<String, List<NodeChain>> byNetwork = nodes.stream().collect(Collectors.groupingBy(NodeChain::network, TreeMap::new, Collectors.toList()));
        return byNetwork.entrySet().stream().map(entry -> network(entry.getKey(), entry.getValue())).filter(chain -> !chain.empty()).toList();
    }

    private static NetworkChain network(String network, List<NodeChain> nodes) {
        List<NodeChain> signalling = nodes.stream().filter(node -> node.digest.hasSignalling()).sorted(BY_HEIGHT.reversed()).toList();
        Map<List<String>, NodeChain> bySides = new HashMap<>();
        signalling.forEach(node -> bySides.putIfAbsent(List.copyOf(node.digest.getSidesList()), node));
        List<DeploymentView> deployments = new ArrayList<>();
        bySides.values().stream().sorted(BY_HEIGHT.reversed()).limit(ConsoleLimits.SIDES).forEach(node ->
                node.digest.getSignalling().getDeploymentsList().stream().limit(ConsoleLimits.DEPLOYMENTS)
                        .forEach(deployment -> deployments.add(node.deployment(deployment))));
        List<BitView> bits = signalling.stream().limit(1).flatMap(node -> node.digest.getSignalling().getUnknownBitsList().stream()
                .filter(bit -> bit.getSignallingBlocks() * 2L >= bit.getKnownBlocks())
                .map(bit -> new BitView(bit.getBit(), node.name, bit.getSignallingBlocks(), bit.getKnownBlocks()))
                .limit(ConsoleLimits.DEPLOYMENTS)).toList();
        return new NetworkChain(network, ForkTree.of(nodes), deployments, bits);
    }

    private DeploymentView deployment(DeploymentSignal signal) {
        return new DeploymentView(SafeText.of(signal.getName(), ConsoleLimits.TEXT), signal.getBit(), name,
                digest.getSidesList().stream().limit(ConsoleLimits.SIDES).map(side -> SafeText.of(side, ConsoleLimits.TEXT)).toList(), height(),
                signal.getPeriodStart(), signal.getPeriodBlocks(), signal.getKnownBlocks(), signal.getSignallingBlocks(), signal.getPossibleBlocks(),
                signal.getThresholdBlocks(), signal.getMandatoryHeight(), signal.getMandatoryIgnored());
    }
}
