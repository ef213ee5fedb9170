package org.bitcoinwatchdog.agent.discovery;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds out whether a process is a node, and which. It reads files that a stranger may have made to block. */
final class ProcessExaminer {
    /** What is probably a node by its name, where its tracepoints are missing or can't be read. */
    static final Pattern NODE_NAME = Pattern.compile("\\.?bitcoin(d|-node|-gui|-qt).*");
    /** Bitcoin Core's programs that have the tracepoints but run no node. */
    private static final Set<String> TEST_PROGRAMS =
            Set.of("test_bitcoin", "test_bitcoin-qt", "bench_bitcoin", "fuzz", "bitcoin-chainstate");

    private final ProcessTable processes;
    private final Executables executables = new Executables();

    /** @param arguments a hash of them: a process that is forked has those of its parent */
    record Examined(SeenProcess process, int arguments) {
    }

    ProcessExaminer(ProcessTable processes) {
        this.processes = processes;
    }

    /** Why the executable that the process runs is no node's; empty where it is. */
    Optional<String> obstacle(int pid) throws IOException {
        return executables.obstacle(processes.openedExecutable(pid));
    }

    /** @throws IOException where the process has ended, or a part of it can't be read */
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
                    summary.dataDirectory(), summary.network(), summary.caveat())), arguments.hashCode());
        } catch (InvalidPathException e) {
            throw new IOException("its arguments or bitcoin.conf name " + e.getReason(), e);
        }
    }
}
