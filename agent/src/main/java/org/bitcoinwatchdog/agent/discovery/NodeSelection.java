package org.bitcoinwatchdog.agent.discovery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the processes that the settings mean. A matched process stays with its setting while it runs, even if a
 * symbolic link or a pid-file changes. Not thread-safe.
 */
public final class NodeSelection {
    private static final Logger LOG = LoggerFactory.getLogger(NodeSelection.class);
    /**
     * Each node takes a ring buffer of the kernel, and any user may start processes. Nodes that the settings name are
     * not limited.
     */
    private static final int MOST_UNNAMED = 64;

    private final BitcoindProcesses processes;
    private final ConfiguredFiles files;
    private final List<NodeSettings> settings;
    private Map<NodeSettings, List<BitcoindProcess>> last = Map.of();
    private Set<String> lastObstacles = Set.of();

    /**
     * The result of one look.
     *
     * @param nodes     by the settings that mean them; each process once
     * @param obstacles why processes that the settings mean are not followed, a sentence each
     * @param seen      all processes of this host
     */
    public record Selected(
            Map<NodeSettings, List<BitcoindProcess>> nodes, Set<String> obstacles, List<SeenProcess> seen) {
        public boolean has(BitcoindProcess process) {
            return nodes.values().stream().anyMatch(own -> own.stream().anyMatch(process::isSameProcess));
        }
    }

    /** @param settings empty: every bitcoind of this host */
    public NodeSelection(BitcoindProcesses processes, List<NodeSettings> settings) {
        this.processes = processes;
        this.files = new ConfiguredFiles(processes.examinations());
        this.settings = settings.isEmpty() ? List.of(NodeSettings.defaults()) : settings;
    }

    /** A new process belongs to the first setting that means it. */
    public Selected look() {
        Look look = new Look(processes.look());
        Map<NodeSettings, List<BitcoindProcess>> selected = new LinkedHashMap<>();
        settings.forEach(node -> selected.put(node, new ArrayList<>(look.take(process ->
                last.getOrDefault(node, List.of()).stream().anyMatch(process::isSameProcess)))));
        selected.forEach((node, own) -> own.addAll(meant(node, own.size(), look)));
        last = selected;
        look.obstacles.stream().filter(obstacle -> !lastObstacles.contains(obstacle)).forEach(LOG::error);
        lastObstacles = look.obstacles;
        return new Selected(selected, look.obstacles, look.seen);
    }

    private List<BitcoindProcess> meant(NodeSettings node, int own, Look look) {
        if (node.pidFile().isPresent()) {
            return own > 0 ? List.of() : ofPidFile(node.pidFile().get(), look);
        }
        if (node.bitcoind().isPresent()) {
            return ofExecutable(node.bitcoind().get(), look);
        }
        return ofAll(own, look);
    }

    private List<BitcoindProcess> ofExecutable(Path executable, Look look) {
        String setting = "bitcoind: " + executable;
        try {
            Set<ProcessPath> names = files.names(executable);
            look.refuse(setting, process -> names.contains(process.executable()));
            return look.take(process -> names.contains(process.executable()));
        } catch (IOException e) {
            look.obstacles.add(setting + " can't be looked up: " + e.getMessage());
            return List.of();
        }
    }

    private List<BitcoindProcess> ofPidFile(Path file, Look look) {
        String setting = "pid-file: " + file;
        try {
            Integer pid = files.pid(file).orElse(null);
            if (pid == null) {
                return List.of();
            }
            look.refuse(setting, process -> process.pid() == pid);
            if (processes.isHidden(pid)) {
                look.obstacles.add(setting + " names process " + pid + ", which belongs to another user: run the agent as "
                        + "that user, or give it CAP_SYS_PTRACE");
            }
            return look.take(process -> process.pid() == pid);
        } catch (IOException e) {
            look.obstacles.add(setting + " can't be read: " + e.getMessage());
            return List.of();
        }
    }

    private static List<BitcoindProcess> ofAll(int own, Look look) {
        List<BitcoindProcess> all = look.take(process -> true);
        int room = Math.max(0, MOST_UNNAMED - own);
        if (all.size() <= room) {
            return all;
        }
        look.obstacles.add("More than " + MOST_UNNAMED + " processes have Bitcoin Core's tracepoints, and the others are not "
                + "followed: name the nodes in agent.nodes");
        return all.subList(0, room);
    }

    /** The processes that were seen, and the nodes among them that belong to no setting yet. */
    private static final class Look {
        private final List<SeenProcess> seen;
        private final List<BitcoindProcess> free;
        private final Set<String> obstacles = new HashSet<>();

        private Look(List<SeenProcess> seen) {
            this.seen = seen;
            this.free = new ArrayList<>(seen.stream().flatMap(process -> process.node().stream()).toList());
        }

        private List<BitcoindProcess> take(Predicate<BitcoindProcess> wanted) {
            List<BitcoindProcess> taken = free.stream().filter(wanted).toList();
            free.removeAll(taken);
            return taken;
        }

        /** Reports a process that the setting means but that is not a node. */
        private void refuse(String setting, Predicate<SeenProcess> meant) {
            seen.stream().filter(meant).forEach(process -> process.obstacle().ifPresent(reason -> obstacles.add(
                    setting + " means " + process.description() + ", which is not followed: " + reason)));
        }
    }
}
