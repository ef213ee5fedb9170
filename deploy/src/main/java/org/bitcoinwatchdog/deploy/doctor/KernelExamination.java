package org.bitcoinwatchdog.deploy.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bitcoinwatchdog.agent.kernel.Capability;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.agent.kernel.RunningKernel;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.agent.kernel.TracingNeeds;
import org.bitcoinwatchdog.deploy.doctor.Doctor.DoctorCheck;

/** Whether this process may load BPF programs: the kernel, its lockdown, capabilities, libbpf, and a program loaded for real. */
final class KernelExamination implements DoctorCheck {
    @Override
    public List<DoctorFinding> findings() {
        List<DoctorFinding> findings = new ArrayList<>();
        findings.add(kernel(RunningKernel.here()));
        findings.add(libbpf());
        try {
            TracingNeeds needs = Tracing.check();
            findings.add(capabilities(needs, Capability.held()));
            findings.add(DoctorFinding.ok("bpf", "a program was loaded and unloaded again"));
        } catch (KernelException e) {
            findings.add(DoctorFinding.obstacle("bpf", "tracing is not possible here", e.reason()));
        }
        return findings;
    }

    static DoctorFinding kernel(RunningKernel kernel) {
        if (kernel.tooOld()) {
            return DoctorFinding.obstacle("kernel", kernel.release() + " is too old", "Linux 5.15 or later is needed");
        }
        return kernel.atLeast(0, 0).isPresent()
                ? DoctorFinding.ok("kernel", kernel.release())
                : DoctorFinding.warn("kernel", "unknown release " + kernel.release(), "Linux 5.15 or later is needed");
    }

    static DoctorFinding capabilities(TracingNeeds needs, Set<Capability> held) {
        Set<Capability> missing = needs.missing(held);
        String detail = "it " + needs.reason();
        if (!missing.isEmpty()) {
            return DoctorFinding.obstacle("capabilities", detail + "; missing: " + missing, needs.remedy());
        }
        return needs.uprobeMulti() && held.contains(Capability.CAP_SYS_ADMIN)
                ? DoctorFinding.ok("capabilities", detail + "; this process has more. " + needs.remedy())
                : DoctorFinding.ok("capabilities", detail);
    }

    private static DoctorFinding libbpf() {
        try {
            return DoctorFinding.ok("libbpf", Tracing.libbpfVersion());
        } catch (KernelException e) {
            return DoctorFinding.obstacle("libbpf", "it can't be used", e.reason());
        }
    }
}
