package org.bitcoinwatchdog.agent.discovery;

import java.util.Optional;

/**
 * A process of this host that was examined.
 *
 * @param executable as the process itself sees it
 * @param node       the node that it is, if it is one
 * @param obstacle   why it is no node, as the end of a sentence about it; empty if it is one
 * @param notable    it is a node, or may be taken for one: a user will want to know why it is not followed
 */
public record SeenProcess(
        int pid, ProcessPath executable, Optional<BitcoindProcess> node, Optional<String> obstacle, boolean notable) {
    public SeenProcess {
        if (node.isPresent() == obstacle.isPresent()) {
            throw new IllegalArgumentException("a process is a node or there is an obstacle");
        }
    }

    static SeenProcess node(BitcoindProcess process) {
        return new SeenProcess(process.pid(), process.executable(), Optional.of(process), Optional.empty(), true);
    }

    static SeenProcess other(int pid, ProcessPath executable, String obstacle, boolean notable) {
        return new SeenProcess(pid, executable, Optional.empty(), Optional.of(obstacle), notable);
    }

    public boolean isBuiltWithoutTracepoints() {
        return obstacle.filter(Executables.NO_TRACEPOINTS::equals).isPresent();
    }

    /** {@code process 7, /usr/bin/bitcoind}. */
    public String description() {
        return "process " + pid + ", " + executable;
    }
}
