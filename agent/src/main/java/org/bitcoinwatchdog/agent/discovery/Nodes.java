package org.bitcoinwatchdog.agent.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.events.Network;

/**
 * Gives each process its node. A node with a configured name keeps it. Any other gets the name of the host, or of host
 * and data directory if there are several.
 */
public final class Nodes {
    private final NodeSelection selection;
    private final String host;
    private final NodeNames names;
    private volatile Optional<String> obstacle = Optional.empty();

    /**
     * @param settings empty: every bitcoind of this host
     * @param register keeps the nodes' names
     */
    public Nodes(BitcoindProcesses processes, List<NodeSettings> settings, String host, NodeRegister register) {
        this.selection = new NodeSelection(processes, settings);
        this.host = host;
        this.names = new NodeNames(register);
    }

    /** The nodes that run now. */
    public List<Node> running() {
        NodeSelection.Selected selected = selection.look();
        obstacle = selected.obstacles().stream().sorted().findFirst();
        names.retain(selected.nodes().values().stream().flatMap(List::stream).toList());
        List<Node> nodes = new ArrayList<>();
        selected.nodes().forEach((node, own) -> own.forEach(process -> nodes.add(new Node(
                names.name(node, host, process, own.size() > 1),
                node.network().map(Network::name).orElse(process.network()),
                process))));
        return nodes;
    }

    /** Why a process that the settings mean was not followed at the last look. */
    public Optional<String> obstacle() {
        return obstacle;
    }
}
