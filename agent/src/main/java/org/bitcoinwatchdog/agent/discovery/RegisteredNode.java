package org.bitcoinwatchdog.agent.discovery;

import java.util.Objects;
import java.util.Optional;

/**
 * A node that the agent follows or has followed. Its data directory and network identify it, because an upgrade moves
 * the executable and a host can be renamed.
 *
 * @param name         the node's name in every event
 * @param configuredAs the name in {@code agent.nodes}; empty if its name is made from host and data directory
 * @param selector     how the configuration selects its process: {@code any}, {@code bitcoind /path} or {@code pid-file
 *                     /path}
 * @param epoch        its last epoch, UNIX nanoseconds; 0 before the first
 */
record RegisteredNode(String name, String configuredAs, String selector, String dataDirectory, String network, long epoch) {
    private static final String ANY = "any";

    RegisteredNode {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(configuredAs, "configuredAs");
        Objects.requireNonNull(selector, "selector");
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        Objects.requireNonNull(network, "network");
    }

    static RegisteredNode of(String name, NodeSettings settings, BitcoindProcess process) {
        return new RegisteredNode(name, settings.name().orElse(""), selector(settings), process.dataDirectory().toString(),
                process.network(), 0);
    }

    boolean isConfigured() {
        return !configuredAs.isEmpty();
    }

    RegisteredNode withName(String other) {
        return new RegisteredNode(other, configuredAs, selector, dataDirectory, network, epoch);
    }

    RegisteredNode withEpoch(long later) {
        return new RegisteredNode(name, configuredAs, selector, dataDirectory, network, later);
    }

    /**
     * Whether both are the same node.
     *
     * @param sameNetwork false if the other's network may be wrong, because its configuration can't be read
     */
    boolean isSameNode(RegisteredNode other, boolean sameNetwork) {
        return configuredAs.equals(other.configuredAs) && dataDirectory.equals(other.dataDirectory)
                && (!sameNetwork || network.equals(other.network));
    }

    /** Whether a configuration of these nodes can still match it. */
    boolean isMeantBy(Iterable<NodeSettings> nodes) {
        for (NodeSettings node : nodes) {
            boolean means = isConfigured()
                    ? node.name().equals(Optional.of(configuredAs))
                    : node.name().isEmpty() && (selector(node).equals(ANY) || selector(node).equals(selector));
            if (means) {
                return true;
            }
        }
        return false;
    }

    private static String selector(NodeSettings settings) {
        return settings.bitcoind().map(path -> "bitcoind " + path)
                .or(() -> settings.pidFile().map(path -> "pid-file " + path))
                .orElse(ANY);
    }
}
