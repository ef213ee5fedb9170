package org.bitcoinwatchdog.agent.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.events.Network;

/**
 * Which node each process is. A node that the settings name keeps that name. Any other is called like the host where it
 * is the only one, and host and data directory where there are several.
 */
public final class Nodes {
    private final BitcoindProcesses processes;
    private final List<NodeSettings> settings;
    private final String host;
    private final NodeNames names = new NodeNames();

    /** @param settings empty: every bitcoind of this host */
    public Nodes(BitcoindProcesses processes, List<NodeSettings> settings, String host) {
        this.processes = processes;
        this.settings = settings.isEmpty() ? List.of(NodeSettings.defaults()) : settings;
        this.host = host;
    }

    /** The nodes that run now. A process belongs to the first setting that means it. */
    public List<Node> running() {
        Map<NodeSettings, List<BitcoindProcess>> meant = new LinkedHashMap<>();
        List<BitcoindProcess> all = new ArrayList<>();
        for (NodeSettings node : settings) {
            List<BitcoindProcess> own = processes.of(node).stream()
                    .filter(process -> all.stream().noneMatch(process::isSameProcess))
                    .toList();
            meant.putIfAbsent(node, own);
            all.addAll(own);
        }
        names.retain(all);
        List<Node> nodes = new ArrayList<>();
        meant.forEach((node, own) -> own.forEach(process -> nodes.add(new Node(
                names.name(node.name().orElse(host), process, own.size() > 1),
                node.network().map(Network::name).orElse(process.network()),
                process))));
        return nodes;
    }
}
