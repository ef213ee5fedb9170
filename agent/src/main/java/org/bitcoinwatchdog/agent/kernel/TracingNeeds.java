package org.bitcoinwatchdog.agent.kernel;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The capabilities that tracing needs on this kernel, and why.
 *
 * @param uprobeMulti programs are attached by uprobe-multi links, otherwise by perf events
 */
public record TracingNeeds(boolean uprobeMulti) {
    /**
     * The needs expected from the kernel's release. Testing them takes the right to load a program. An older kernel
     * with the fix needs less, which is known once a program is loaded.
     */
    static TracingNeeds expected(RunningKernel kernel) {
        return new TracingNeeds(kernel.atLeast(6, 10).orElse(false));
    }

    /** The kernel requires CAP_SYS_ADMIN for a probe that is a perf event (perf_uprobe_event_init). */
    public Set<Capability> capabilities() {
        return uprobeMulti
                ? EnumSet.of(Capability.CAP_BPF, Capability.CAP_PERFMON)
                : EnumSet.of(Capability.CAP_SYS_ADMIN);
    }

    /** The capabilities that are missing. CAP_SYS_ADMIN includes all. */
    public Set<Capability> missing(Set<Capability> held) {
        EnumSet<Capability> missing = EnumSet.copyOf(capabilities());
        if (held.contains(Capability.CAP_SYS_ADMIN)) {
            missing.clear();
        }
        missing.removeAll(held);
        return missing;
    }

    /** Why these capabilities, in one line. */
    public String reason() {
        return uprobeMulti
                ? "attaches by uprobe-multi links, for which CAP_BPF and CAP_PERFMON are enough"
                : "attaches by perf events, for which the kernel requires CAP_SYS_ADMIN: it has no uprobe-multi links "
                        + "(Linux 6.10, or an older kernel with the fix)";
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
