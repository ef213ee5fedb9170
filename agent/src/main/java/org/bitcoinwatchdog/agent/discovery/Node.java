package org.bitcoinwatchdog.agent.discovery;

import java.util.Objects;

/**
 * A node of this host, and its present process.
 *
 * @param name unique on this host, and the same after a restart of the process
 */
public record Node(String name, String network, BitcoindProcess process) {
    public Node {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(process, "process");
    }
}
