package org.bitcoinwatchdog.agent.discovery;

import java.nio.file.Path;
import java.util.Optional;
import org.bitcoinwatchdog.events.Network;

/**
 * One node of this host. With neither executable nor pid-file, it is the only bitcoind process of this host.
 *
 * @param name     the node's name in every event, unique among all agents that publish to one Kafka: two agents with
 *                 one name fire NodeNameConflict. Default: the host's name, with that of the data directory if there
 *                 are several nodes
 * @param bitcoind path of the executable that the node's process runs
 * @param pidFile  file with the node's process id, as {@code bitcoind -pid} writes it
 * @param network  {@code main}, {@code test}, {@code testnet4}, {@code signet}, {@code regtest}, {@code
 *                 signet_XXXXXXXX} or {@code regtest_LABEL}. Default: read from the process's arguments and
 *                 bitcoin.conf. A signet with its own challenge is then {@code signet_} and the message start that
 *                 bitcoind logs, 8 hex digits. If several chains of regtest share the Kafka, give the nodes of each
 *                 chain a label of their own
 */
public record NodeSettings(
        Optional<String> name, Optional<Path> bitcoind, Optional<Path> pidFile, Optional<Network> network) {
    public NodeSettings {
        if (name.isPresent() && name.get().isBlank()) {
            throw new IllegalArgumentException("the name of a node must not be empty");
        }
        if (bitcoind.isPresent() && pidFile.isPresent()) {
            throw new IllegalArgumentException("a node has either bitcoind or pid-file, not both");
        }
    }

    public static NodeSettings defaults() {
        return new NodeSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The node whose process runs the executable. */
    public static NodeSettings running(Path executable, String name, String network) {
        return new NodeSettings(
                Optional.of(name), Optional.of(executable), Optional.empty(), Optional.of(new Network(network)));
    }
}
