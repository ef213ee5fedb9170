package org.bitcoinwatchdog.agent.kernel;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which capabilities tracing asks for on this kernel, and why.
 *
 * @param uprobeMulti programs are attached by uprobe-multi links; else by perf events
 */
public record TracingNeeds(boolean uprobeMulti) {
    /**
     * What a kernel will ask for, judged by its release: to try it takes the right to load a program. An older one with the
     * fix asks for less, which is told once a program was loaded.
     */
    static TracingNeeds expected(RunningKernel kernel) {
        return new TracingNeeds(kernel.atLeast(6, 10).orElse(false));
    }

    /** The kernel asks for CAP_SYS_ADMIN where a probe is a perf event (perf_uprobe_event_init). */
    public Set<Capability> capabilities() {
        return uprobeMulti
                ? EnumSet.of(Capability.CAP_BPF, Capability.CAP_PERFMON)
                : EnumSet.of(Capability.CAP_SYS_ADMIN);
    }

    /** Those that are not held; CAP_SYS_ADMIN stands for all. */
    public Set<Capability> missing(Set<Capability> held) {
        EnumSet<Capability> missing = EnumSet.copyOf(capabilities());
        if (held.contains(Capability.CAP_SYS_ADMIN)) {
            missing.clear();
        }
        missing.removeAll(held);
        return missing;
    }

    /** Why these, in one line. */
    public String reason() {
        return uprobeMulti
                ? "attaches by uprobe-multi links, for which CAP_BPF and CAP_PERFMON are enough"
                : "attaches by perf events, for which the kernel asks for CAP_SYS_ADMIN: it has no uprobe-multi links "
                        + "(Linux 6.10, or an older one with their fix)";
    }

    /** How to give them to an ordinary user. */
    public String remedy() {
        String list = String.join(" ", capabilities().stream().map(Capability::name).toList());
        String lower = list.toLowerCase(Locale.ROOT).replace("cap_", "+").replace(' ', ',');
        return "under systemd: AmbientCapabilities=" + list + "; by hand, as root: setpriv --reuid=USER --regid=GROUP "
                + "--init-groups --inh-caps=" + lower + " --ambient-caps=" + lower + " ./watchdog agent; where the node "
                + "runs as another user, CAP_SYS_PTRACE as well";
    }
}
