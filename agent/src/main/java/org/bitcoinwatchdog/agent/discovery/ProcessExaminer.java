package org.bitcoinwatchdog.agent.discovery;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds out whether a process is a node, and which. It reads files that a stranger may have made to block. */
final class ProcessExaminer {
    /**
     * A name that only a node is likely to have. A process with it is reported if its tracepoints are missing or can't
     * be read.
     */
    static final Pattern NODE_NAME = Pattern.compile("\\.?bitcoin(d|-node|-gui|-qt).*");
    /** Programs of Bitcoin Core that have the tracepoints but run no node. */
    private static final Set<String> TEST_PROGRAMS =
            Set.of("test_bitcoin", "test_bitcoin-qt", "bench_bitcoin", "fuzz", "bitcoin-chainstate");

    private final ProcessTable processes;
    private final Executables executables = new Executables();

    /** @param arguments their hash: a forked process has the same as its parent */
    record Examined(SeenProcess process, int arguments) {
    }

    ProcessExaminer(ProcessTable processes) {
        this.processes = processes;
    }

    /** Why the executable of the process can't run a node; empty if it can. */
    Optional<String> obstacle(int pid) throws IOException {
        return executables.obstacle(processes.openedExecutable(pid));
    }

    /** @throws IOException if the process has ended, or a part of it can't be read */
    Examined examine(int pid, long startTicks, ProcessPath executable) throws IOException {
        String name = executable.fileName();
        Optional<String> obstacle = obstacle(pid);
        if (obstacle.isPresent()) {
            boolean notable = NODE_NAME.matcher(name).matches();
            return new Examined(SeenProcess.other(pid, executable, obstacle.get(), notable), 0);
        }
        if (TEST_PROGRAMS.contains(name)) {
            return new Examined(SeenProcess.other(pid, executable, "it is a test program of Bitcoin Core", true), 0);
        }
        try {
            List<String> arguments = processes.arguments(pid);
            NodeConfiguration.Summary summary = new NodeConfiguration(processes, pid, arguments).read();
            return new Examined(SeenProcess.node(new BitcoindProcess(pid, startTicks, processes.time(startTicks), executable,
                    summary.dataDirectory(), summary.network(), summary.options(), summary.caveat())), arguments.hashCode());
        } catch (InvalidPathException e) {
            throw new IOException("its arguments or bitcoin.conf name " + e.getReason(), e);
        }
    }
}
