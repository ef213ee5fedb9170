package org.bitcoinwatchdog.agent.discovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the bitcoind processes of this host, those in containers included. */
public final class BitcoindProcesses {
    private static final Logger LOG = LoggerFactory.getLogger(BitcoindProcesses.class);
    private static final Set<String> NAMES = Set.of("bitcoind", "bitcoin-node", "bitcoin-qt");
    private static final String MAIN = "main";

    private final ProcessTable processes;

    public BitcoindProcesses() {
        this(Path.of("/proc"));
    }

    BitcoindProcesses(Path proc) {
        this.processes = new ProcessTable(proc);
    }

    /** Every process that runs an executable of one of Bitcoin Core's names. */
    public List<BitcoindProcess> all() {
        return running(executable -> NAMES.contains(executable.getFileName().toString()));
    }

    /** Processes of Bitcoin Core's names that this process may not look at: they belong to other users. */
    public List<Integer> hidden() {
        try {
            return processes.unreadable(NAMES);
        } catch (IOException e) {
            throw new IllegalStateException("the processes of this host can't be listed", e);
        }
    }

    /** Whether /proc is mounted so that processes of other users are not to be seen at all (proc(5), hidepid). */
    public boolean othersAreInvisible() {
        try {
            return processes.hidesOthers();
        } catch (IOException e) {
            throw new IllegalStateException("the mounts of this process can't be listed", e);
        }
    }

    /** Every process that the setting means. */
    public List<BitcoindProcess> of(NodeSettings node) {
        if (node.pidFile().isPresent()) {
            return ofPidFile(node.pidFile().get());
        }
        return node.bitcoind().map(path -> running(sameAs(path))).orElseGet(this::all);
    }

    private List<BitcoindProcess> running(Predicate<Path> executable) {
        try {
            List<BitcoindProcess> found = new ArrayList<>();
            List<Integer> pids = processes.running(executable);
            for (int pid : pids) {
                if (pids.stream().noneMatch(other -> isDaemonOf(other, pid))) {
                    read(pid).ifPresent(found::add);
                }
            }
            return found;
        } catch (IOException e) {
            throw new IllegalStateException("the processes of this host can't be listed", e);
        }
    }

    /** With {@code -daemonwait} a first process only waits until the second, which is the node, has begun its work. */
    private boolean isDaemonOf(int pid, int first) {
        try {
            return processes.parent(pid) == first && processes.arguments(pid).equals(processes.arguments(first));
        } catch (IOException e) {
            return false; // one of the two has just ended
        }
    }

    private List<BitcoindProcess> ofPidFile(Path file) {
        try {
            return read(Integer.parseInt(Files.readString(file).strip())).stream().toList();
        } catch (IOException | NumberFormatException e) {
            LOG.debug("no process id in {}", file, e);
            return List.of();
        }
    }

    /** Empty where the process has ended meanwhile, or is none of ours to look at. */
    private Optional<BitcoindProcess> read(int pid) {
        Optional<Path> executable = processes.executable(pid);
        if (executable.isEmpty()) {
            return Optional.empty();
        }
        try {
            BitcoinOptions arguments = BitcoinOptions.ofArguments(processes.arguments(pid));
            Path directory = dataDirectory(pid, arguments);
            BitcoinOptions file = configuration(pid, arguments, directory);
            String chain = arguments.chain().or(file::chain).orElse(MAIN);
            Optional<String> moved = file.value("datadir", chain);
            Path effective = arguments.value("datadir").isEmpty() && moved.isPresent() ? Path.of(moved.get()) : directory;
            long ticks = processes.startTicks(pid);
            return Optional.of(
                    new BitcoindProcess(pid, ticks, processes.time(ticks), executable.get(), effective,
                            BitcoinOptions.network(arguments, file).name()));
        } catch (IOException e) {
            LOG.debug("process {} could not be read", pid, e);
            return Optional.empty();
        }
    }

    private Path dataDirectory(int pid, BitcoinOptions arguments) throws IOException {
        Optional<String> told = arguments.value("datadir");
        if (told.isPresent()) {
            return processes.workingDirectory(pid).resolve(told.get()).normalize();
        }
        return Path.of(processes.variable(pid, "HOME").filter(home -> home.startsWith("/")).orElse("/"), ".bitcoin");
    }

    private BitcoinOptions configuration(int pid, BitcoinOptions arguments, Path dataDirectory) {
        BitcoinOptions first = file(pid, dataDirectory, arguments.value("conf").orElse("bitcoin.conf"));
        BitcoinOptions options = first;
        if (arguments.value("noincludeconf").isEmpty()) {
            for (String included : first.included(arguments.chain().or(first::chain).orElse(MAIN))) {
                options = options.then(file(pid, dataDirectory, included));
            }
        }
        return options;
    }

    private BitcoinOptions file(int pid, Path dataDirectory, String name) {
        try {
            return BitcoinOptions.ofFile(
                    Files.readAllLines(processes.inside(pid, dataDirectory.resolve(name)), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return BitcoinOptions.ofFile(List.of());
        }
    }

    private static Predicate<Path> sameAs(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path real;
        try {
            real = absolute.toRealPath();
        } catch (IOException e) {
            // Not a path of this file system: perhaps one inside a container.
            real = absolute;
        }
        Set<Path> accepted = Set.copyOf(List.of(absolute, real));
        return accepted::contains;
    }
}
