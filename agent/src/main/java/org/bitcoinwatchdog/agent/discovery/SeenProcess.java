package org.bitcoinwatchdog.agent.discovery;

import java.util.Optional;

/**
 * A process of this host that was examined.
 *
 * @param executable as the process itself sees it
 * @param node       the node that it runs, if any
 * @param obstacle   why it is not a node, as the end of a sentence; empty if it is one
 * @param notable    it is a node or may be mistaken for one, so the user needs to know why it is not followed
 */
public record SeenProcess(
        int pid, ProcessPath executable, Optional<BitcoindProcess> node, Optional<String> obstacle, boolean notable) {
    public SeenProcess {
        if (node.isPresent() == obstacle.isPresent()) {
            throw new IllegalArgumentException("a process is either a node or has an obstacle");
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
