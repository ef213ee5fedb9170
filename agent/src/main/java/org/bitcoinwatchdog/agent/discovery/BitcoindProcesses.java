package org.bitcoinwatchdog.agent.discovery;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the bitcoind processes of this host, including those in containers. A node is recognized by the tracepoints of
 * its executable. Each process is examined once, by itself and with a time limit. Not thread-safe.
 */
public final class BitcoindProcesses {
    private static final Logger LOG = LoggerFactory.getLogger(BitcoindProcesses.class);
    private static final String DELETED = " (deleted)";
    private static final String BLOCKED =
            "it can't be examined within the time limit: its file system, or that of another process of its user, does not answer";
    private static final long AGAIN_NS = TimeUnit.SECONDS.toNanos(10);

    private final ProcessTable table;
    private final ProcessExaminer examiner;
    private final Examinations examinations = new Examinations();
    private final LogLimit log = new LogLimit(LOG);
    private Map<Integer, Known> known = Map.of();

    private enum ExaminationState { EXAMINED, FAILED, BLOCKED }

    /**
     * The result of an examination, which holds until the process runs another executable.
     *
     * @param sinceNs when that state began
     */
    private record Known(ProcessPath link, ProcessTable.Stat stat, ProcessExaminer.Examined examined, ExaminationState state,
            long sinceNs, boolean isLogged) {
        private SeenProcess process() {
            return examined.process();
        }

        private boolean isNode() {
            return process().node().isPresent();
        }

        private boolean isOld() {
            return System.nanoTime() - sinceNs > AGAIN_NS;
        }

        /** A failed examination is repeated later. A blocked one is checked at each look. */
        private boolean isSettled() {
            return state == ExaminationState.EXAMINED || state == ExaminationState.FAILED && !isOld();
        }

        private boolean isCopyOf(Known other) {
            return isNode() && stat.parent() == other.process().pid() && link.equals(other.link)
                    && examined.arguments() == other.examined.arguments();
        }
    }

    private record ExaminationKey(int pid, long startTicks, ProcessPath link) {
    }

    private record MovedKey(int pid, long startTicks, ProcessPath link) {
    }

    public BitcoindProcesses() {
        this(Path.of("/proc"));
    }

    BitcoindProcesses(Path proc) {
        this.table = new ProcessTable(proc);
        this.examiner = new ProcessExaminer(table);
    }

    /** Every process whose executable this process may read, whether it is a node or not. */
    public List<SeenProcess> look() {
        examinations.begin();
        Map<Integer, Known> before = known;
        Map<Integer, Known> now = new HashMap<>();
        for (int pid : pids()) {
            table.executable(pid)
                    .flatMap(link -> look(pid, link, Optional.ofNullable(before.get(pid))))
                    .ifPresent(seen -> now.put(pid, seen));
        }
        known = now;
        List<SeenProcess> processes = new ArrayList<>();
        List<Known> nodes = now.values().stream().filter(Known::isNode).toList();
        for (Known seen : now.values()) {
            notNode(seen, nodes, before).ifPresentOrElse(
                    reason -> processes.add(SeenProcess.other(seen.process().pid(), seen.process().executable(), reason, true)),
                    () -> processes.add(seen.process()));
        }
        return processes;
    }

    /** Whether the last look has examined every process. A slow file system can delay it. */
    public boolean isComplete() {
        return known.values().stream().noneMatch(seen -> seen.state == ExaminationState.BLOCKED);
    }

    /** Other users' processes with a name like bitcoind's that this process may not read. */
    public List<Integer> hidden() {
        try {
            return table.unreadable(ProcessExaminer.NODE_NAME);
        } catch (IOException e) {
            throw new IllegalStateException("the processes of this host can't be listed", e);
        }
    }

    /** Whether there is a process with this id that this process may not read. */
    boolean isHidden(int pid) {
        return table.isThere(pid) && table.executable(pid).isEmpty();
    }

    /** Whether /proc is mounted so that other users' processes are invisible (proc(5), hidepid). */
    public boolean othersAreInvisible() {
        try {
            return table.hidesOthers();
        } catch (IOException e) {
            throw new IllegalStateException("the mounts of this process can't be listed", e);
        }
    }

    /** Also used for pid-files and configured paths, because a network file system may block them too. */
    Examinations examinations() {
        return examinations;
    }

    private List<Integer> pids() {
        try {
            return table.pids();
        } catch (IOException e) {
            throw new IllegalStateException("the processes of this host can't be listed", e);
        }
    }

    /** Empty if the process has ended meanwhile. */
    private Optional<Known> look(int pid, ProcessPath link, Optional<Known> last) {
        Optional<Known> same = last.filter(seen -> seen.link.equals(link));
        if (same.isPresent() && !same.get().isNode() && same.get().isSettled()) {
            return same;
        }
        try {
            ProcessTable.Stat stat = table.stat(pid);
            Known seen = last.filter(node -> node.isNode() && node.stat.startTicks() == stat.startTicks())
                    .filter(node -> node.link.equals(link) || isStillNode(pid, link, stat))
                    .map(node -> new Known(link, stat, node.examined, ExaminationState.EXAMINED, node.sinceNs, node.isLogged))
                    .orElseGet(() -> examine(pid, link, stat));
            return table.executable(pid).filter(link::equals).map(still -> logged(seen, same));
        } catch (IOException e) {
            LOG.debug("process {} has ended", pid, e);
            return Optional.empty();
        }
    }

    /**
     * After the file was moved or replaced, or the node runs another executable: it stays a node unless that executable
     * has no tracepoints.
     */
    private boolean isStillNode(int pid, ProcessPath link, ProcessTable.Stat stat) {
        try {
            return examinations.run(new MovedKey(pid, stat.startTicks(), link), table.user(pid),
                            () -> examiner.obstacle(pid))
                    .map(Optional::isEmpty)
                    .orElse(true);
        } catch (IOException e) {
            LOG.debug("the executable of process {} can't be read", pid, e);
            return true;
        }
    }

    private Known examine(int pid, ProcessPath link, ProcessTable.Stat stat) {
        ProcessPath executable = link.withoutEnd(DELETED);
        long nowNs = System.nanoTime();
        try {
            return examinations.run(new ExaminationKey(pid, stat.startTicks(), link), table.user(pid),
                            () -> examiner.examine(pid, stat.startTicks(), executable))
                    .map(examined -> new Known(link, stat, examined, ExaminationState.EXAMINED, nowNs, false))
                    .orElseGet(() -> new Known(link, stat, failed(pid, executable, BLOCKED), ExaminationState.BLOCKED, nowNs, false));
        } catch (IOException e) {
            return new Known(link, stat, failed(pid, executable, "it can't be examined: " + reason(e)), ExaminationState.FAILED,
                    nowNs, false);
        }
    }

    /** Adds the meaning that a file system exception has only in its type. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "not permitted: " + e.getMessage();
        }
        return e instanceof NoSuchFileException ? "not found: " + e.getMessage() : e.getMessage();
    }

    private static ProcessExaminer.Examined failed(int pid, ProcessPath executable, String reason) {
        return new ProcessExaminer.Examined(SeenProcess.other(pid, executable, reason, true), 0);
    }

    /** Logs once what the user needs to know. A disk may be slow, so a blocked examination is not logged at once. */
    private Known logged(Known seen, Optional<Known> last) {
        Optional<Known> before = last.filter(known -> known.process().equals(seen.process()));
        boolean isLogged = before.map(Known::isLogged).orElse(false);
        long sinceNs = before.filter(known -> known.state == ExaminationState.BLOCKED).map(Known::sinceNs).orElse(seen.sinceNs);
        Known now = new Known(seen.link, seen.stat, seen.examined, seen.state, sinceNs, true);
        if (isLogged || !seen.process().notable()) {
            return now;
        }
        if (seen.state == ExaminationState.BLOCKED && !now.isOld()) {
            return new Known(seen.link, seen.stat, seen.examined, seen.state, sinceNs, false);
        }
        String description = seen.process().description();
        seen.process().obstacle().ifPresent(reason -> log.warn("Not followed: " + description + ": " + reason + "."));
        seen.process().node().flatMap(BitcoindProcess::caveat).ifPresent(caveat ->
                log.warn(description + ": data directory and network may be wrong: " + caveat + "."));
        return now;
    }

    /**
     * Why a process with the tracepoints is not a node. A process that daemonizes ({@code -daemonwait}) waits for its
     * copy, which is the node. A node forks before it runs a command ({@code -blocknotify}); that copy is gone at the
     * next look.
     */
    private static Optional<String> notNode(Known seen, List<Known> nodes, Map<Integer, Known> before) {
        if (!seen.isNode()) {
            return Optional.empty();
        }
        for (Known other : nodes) {
            if (other.isCopyOf(seen) && isLasting(other, seen, before)) {
                return Optional.of("it waits for process " + other.process().pid() + ", which it has forked");
            }
            if (seen.isCopyOf(other) && !isLasting(seen, other, before)) {
                return Optional.of("process " + other.process().pid() + " has just forked it");
            }
        }
        return Optional.empty();
    }

    private static boolean isLasting(Known copy, Known original, Map<Integer, Known> before) {
        return !before.containsKey(original.process().pid()) || before.containsKey(copy.process().pid());
    }
}
