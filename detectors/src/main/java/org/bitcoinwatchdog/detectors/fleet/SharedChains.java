package org.bitcoinwatchdog.detectors.fleet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.Network;

/**
 * Which nodes under one network name follow one chain. For main, test, testnet4, a signet named after its challenge and
 * a labelled regtest, the name decides. Two nodes on {@code regtest} or {@code signet} may be strangers: they are
 * compared once both had the same block as their tip.
 */
public final class SharedChains implements Stateful {
    /** Tips that are remembered. */
    private static final int TIPS = 512;
    private static final String ALL = "";

    private final boolean identified;
    /** The first node of each node's chain. */
    private final Map<String, String> chains = new TreeMap<>();
    private final Map<BlockHash, String> tips = new LinkedHashMap<>();
    /** Of the nodes on a known branch, its label, or their labels. */
    private final Map<String, String> sides = new TreeMap<>();

    SharedChains(String network) {
        identified = Network.parse(network).map(Network::identifiesChain).orElse(true);
    }

    /** Whether all nodes of the network are compared. */
    public boolean identified() {
        return identified && sides.isEmpty();
    }

    /** A name for the node's chain: two nodes with one name are compared. */
    public String of(String node) {
        String chain = identified ? ALL : chains.getOrDefault(node, node);
        return sides.containsKey(node) ? chain + "@" + sides.get(node) : chain;
    }

    public boolean together(String node, String other) {
        return identified() || of(node).equals(of(other));
    }

    /** @return whether anything changed */
    boolean take(FleetNode node) {
        boolean moved = !sides.getOrDefault(node.name(), "").equals(node.side());
        if (node.side().isEmpty()) {
            sides.remove(node.name());
        } else {
            sides.put(node.name(), node.side());
        }
        return moved | joins(node);
    }

    private boolean joins(FleetNode node) {
        if (identified || !node.hasTip()) {
            return false;
        }
        String own = chains.computeIfAbsent(node.name(), name -> name);
        String known = tips.putIfAbsent(node.hash(), own);
        if (known == null && tips.size() > TIPS) {
            tips.remove(tips.keySet().iterator().next());
        }
        if (known != null && !known.equals(own)) {
            chains.replaceAll((name, chain) -> chain.equals(own) ? known : chain);
            tips.replaceAll((hash, chain) -> chain.equals(own) ? known : chain);
        }
        return known == null || !known.equals(own);
    }

    /** @return whether anything changed */
    boolean forget(String node) {
        return sides.remove(node) != null | chains.remove(node) != null;
    }

    @Override
    public String section() {
        return "shared-chains";
    }

    @Override
    public void save(StateWriter out) {
        out.version(2).each(chains.entrySet(), (entry, to) -> to.text(entry.getKey()).text(entry.getValue()));
        out.each(tips.entrySet(), (entry, to) -> to.bytes(entry.getKey().wire()).text(entry.getValue()));
        out.each(sides.entrySet(), (entry, to) -> to.text(entry.getKey()).text(entry.getValue()));
    }

    @Override
    public void restore(StateReader in) {
        int version = in.version(2);
        in.each(from -> chains.put(from.text(), from.text()));
        in.each(from -> tips.put(new BlockHash(from.byteString()), from.text()));
        if (version >= 2) {
            in.each(from -> sides.put(from.text(), from.text()));
        }
    }
}
