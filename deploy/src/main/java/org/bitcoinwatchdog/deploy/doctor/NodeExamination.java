package org.bitcoinwatchdog.deploy.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.agent.discovery.BitcoindProcess;
import org.bitcoinwatchdog.agent.discovery.BitcoindProcesses;
import org.bitcoinwatchdog.agent.discovery.NodeSelection;
import org.bitcoinwatchdog.agent.discovery.NodeSettings;
import org.bitcoinwatchdog.agent.discovery.SeenProcess;
import org.bitcoinwatchdog.agent.kernel.Capability;
import org.bitcoinwatchdog.agent.kernel.ElfNotes;
import org.bitcoinwatchdog.agent.kernel.ElfNotes.UsdtNote;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.agent.kernel.Tracepoint;
import org.bitcoinwatchdog.agent.kernel.TracepointState;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.deploy.doctor.Doctor.DoctorCheck;

/** Which tracepoints each bitcoind has, and whether each can be attached: it is, for a moment. */
final class NodeExamination implements DoctorCheck {
    private static final int EVERY_PROCESS = -1;
    private static final int RING_BUFFER_BYTES = 1 << 18;
    private static final String NO_TRACEPOINTS =
            "use a build with USDT: the official releases for Linux have it, own builds need systemtap-sdt-dev and "
                    + "-DWITH_USDT=ON";

    private static final String NAME_IT = "to follow it, add bitcoind: or pid-file: to agent.nodes";
    private static final String NETWORK =
            "let the agent read the file (CAP_DAC_READ_SEARCH), or give name: and network: in agent.nodes";
    private static final int MOST_LOOKS = 30;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final String WITHOUT_SEMAPHORES =
            "; they have no semaphores, so the node prepares their arguments even while nothing is attached";

    private static final String LOOK_AT_OTHERS =
            "run the agent as the node's user, or give it CAP_SYS_PTRACE too: AmbientCapabilities=CAP_SYS_PTRACE "
                    + "or +sys_ptrace in both of setpriv's lists";

    private final List<NodeSettings> nodes;
    private final Optional<Path> executable;

    /** @param executable looked at instead of the processes that run */
    NodeExamination(List<NodeSettings> nodes, Optional<Path> executable) {
        this.nodes = nodes;
        this.executable = executable;
    }

    @Override
    public List<DoctorFinding> findings() {
        if (executable.isPresent()) {
            return examine(executable.get().toString(), executable.get(), EVERY_PROCESS);
        }
        try {
            return findings(new BitcoindProcesses());
        } catch (KernelException e) {
            return List.of(DoctorFinding.obstacle("node", "processes can't be examined: " + e.reason(), ""));
        }
    }

    private List<DoctorFinding> findings(BitcoindProcesses processes) {
        NodeSelection.Selected selected = look(processes);
        List<DoctorFinding> findings = new ArrayList<>();
        processes.hidden().forEach(pid -> findings.add(hidden(pid)));
        selected.obstacles().forEach(obstacle -> findings.add(DoctorFinding.obstacle("node", obstacle, "")));
        List<SeenProcess> notable = selected.seen().stream().filter(SeenProcess::notable).toList();
        notable.forEach(process -> findings.addAll(examine(process, selected)));
        if (findings.isEmpty()) {
            findings.add(nothingSeen(
                    processes.othersAreInvisible() && !Capability.held().contains(Capability.CAP_SYS_PTRACE)));
        }
        return findings;
    }

    /** Again while a slow file system keeps a process from being examined, up to a limit. */
    private NodeSelection.Selected look(BitcoindProcesses processes) {
        NodeSelection selection = new NodeSelection(processes, nodes);
        NodeSelection.Selected selected = selection.look();
        for (int look = 1; look < MOST_LOOKS && !processes.isComplete(); look++) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            selected = selection.look();
        }
        return selected;
    }

    private static List<DoctorFinding> examine(SeenProcess seen, NodeSelection.Selected selected) {
        if (seen.node().isEmpty()) {
            String reason = seen.description() + ": not followed: " + seen.obstacle().orElseThrow();
            boolean isAlone = selected.nodes().values().stream().allMatch(List::isEmpty);
            String remedy = seen.isBuiltWithoutTracepoints() ? NO_TRACEPOINTS : "";
            return List.of(isAlone ? DoctorFinding.obstacle("node", reason, remedy) : DoctorFinding.warn("node", reason, remedy));
        }
        BitcoindProcess process = seen.node().get();
        String name = seen.description() + ", " + process.network();
        if (!selected.has(process)) {
            return List.of(DoctorFinding.warn("node", name + ": not followed: no entry of agent.nodes means it", NAME_IT));
        }
        List<DoctorFinding> findings = new ArrayList<>(examine(name, process.openedExecutable(), process.pid()));
        process.caveat().ifPresent(caveat -> findings.add(DoctorFinding.warn(
                "node", name + ": data directory and network may be wrong: " + caveat, NETWORK)));
        return findings;
    }

    private static DoctorFinding nothingSeen(boolean othersAreInvisible) {
        return othersAreInvisible
                ? DoctorFinding.obstacle("node", "/proc is mounted with hidepid: this process does not see those of other users",
                        LOOK_AT_OTHERS)
                : DoctorFinding.warn("node", "no bitcoind process found",
                        "start it; the agent waits for it. watchdog doctor --bitcoind PATH looks at a file");
    }

    private static DoctorFinding hidden(int pid) {
        return DoctorFinding.obstacle(
                "node", "process " + pid + " belongs to another user, and this one may not look at it", LOOK_AT_OTHERS);
    }

    private static List<DoctorFinding> examine(String name, Path executable, int pid) {
        try {
            Map<String, UsdtNote> notes = ElfNotes.read(executable).stream()
                    .collect(Collectors.toMap(UsdtNote::fullName, note -> note, (first, second) -> first));
            if (notes.isEmpty()) {
                return List.of(DoctorFinding.obstacle("node", name + ": built without tracepoints", NO_TRACEPOINTS));
            }
            return examine(name, notes, states(executable, pid));
        } catch (IOException e) {
            if (pid != EVERY_PROCESS && ProcessHandle.of(pid).isEmpty()) {
                return List.of(DoctorFinding.warn("node", name + ": ended during this check", ""));
            }
            return List.of(DoctorFinding.obstacle("node", name + ": can't be read: " + e.getMessage(), ""));
        } catch (KernelException e) {
            return List.of(DoctorFinding.obstacle("node", name + ": can't be traced: " + e.reason(), ""));
        }
    }

    private static List<DoctorFinding> examine(String name, Map<String, UsdtNote> notes, Collection<TracepointState> states) {
        List<DoctorFinding> findings = new ArrayList<>();
        long attached = states.stream().filter(TracepointState::attached).count();
        String summary = name + ": " + attached + " of " + states.size() + " tracepoints can be attached"
                + (notes.values().stream().allMatch(note -> note.semaphore() == 0) ? WITHOUT_SEMAPHORES : "");
        findings.add(attached > 0 ? DoctorFinding.ok("node", summary) : DoctorFinding.obstacle("node", summary, NO_TRACEPOINTS));
        states.forEach(state -> findings.add(finding(state, Optional.ofNullable(notes.get(state.tracepoint().fullName())))));
        return findings;
    }

    private static DoctorFinding finding(TracepointState state, Optional<UsdtNote> note) {
        String subject = state.tracepoint().fullName();
        if (state.attached()) {
            return DoctorFinding.ok(subject, state.tracepoint().onByDefault() ? "attachable" : "attachable, off by default");
        }
        if (note.isEmpty()) {
            if (state.tracepoint().inPatchedBuildsOnly()) {
                return DoctorFinding.ok(subject, "not in this build; only patched ones have it");
            }
            return !state.tracepoint().onByDefault()
                    ? DoctorFinding.ok(subject, "not in this build; off by default")
                    : DoctorFinding.warn(subject, "missing: " + state.reason(), "a later or complete build has it");
        }
        return DoctorFinding.warn(subject, "not traced, operands " + note.get().arguments() + ": " + state.reason(),
                "the other tracepoints work without it; another build of bitcoind may have other operands");
    }

    private static Collection<TracepointState> states(Path executable, int pid) throws IOException {
        try (Tracing tracing = Tracing.attach(pid, executable, EnumSet.allOf(Tracepoint.class), RING_BUFFER_BYTES)) {
            return tracing.states();
        }
    }
}
