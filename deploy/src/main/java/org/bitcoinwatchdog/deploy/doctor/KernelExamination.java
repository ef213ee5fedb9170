package org.bitcoinwatchdog.deploy.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.agent.kernel.Capability;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.agent.kernel.TracingNeeds;

/** Whether this process may load BPF programs: the kernel, its lockdown, capabilities, libbpf, and a program loaded for real. */
final class KernelExamination implements Examination {
    /** The first that tells a program which place called it (bpf_get_attach_cookie); it has ring buffers and CAP_BPF too. */
    private static final int OLDEST_MAJOR = 5;
    private static final int OLDEST_MINOR = 15;
    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*");

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(kernel(System.getProperty("os.version")));
        findings.add(libbpf());
        try {
            TracingNeeds needs = Tracing.check();
            findings.add(capabilities(needs, Capability.held()));
            findings.add(Finding.ok("bpf", "a program was loaded and unloaded again"));
        } catch (KernelException e) {
            findings.add(Finding.obstacle("bpf", "tracing is not possible here", e.reason()));
            lockdown().ifPresent(findings::add);
        }
        return findings;
    }

    static Finding kernel(String release) {
        Matcher version = RELEASE.matcher(release);
        if (!version.matches()) {
            return Finding.warn("kernel", "unknown release " + release, "Linux 5.15 or later is needed");
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        return major > OLDEST_MAJOR || major == OLDEST_MAJOR && minor >= OLDEST_MINOR
                ? Finding.ok("kernel", release)
                : Finding.obstacle("kernel", release + " is too old", "Linux 5.15 or later is needed");
    }

    static Finding capabilities(TracingNeeds needs, Set<Capability> held) {
        Set<Capability> missing = needs.missing(held);
        String detail = "it " + needs.reason();
        if (!missing.isEmpty()) {
            return Finding.obstacle("capabilities", detail + "; missing: " + missing, needs.remedy());
        }
        return needs.uprobeMulti() && held.contains(Capability.CAP_SYS_ADMIN)
                ? Finding.ok("capabilities", detail + "; this process has more. " + needs.remedy())
                : Finding.ok("capabilities", detail);
    }

    private static Optional<Finding> lockdown() {
        try {
            Path file = Path.of("/sys/kernel/security/lockdown");
            if (Files.isReadable(file) && Files.readString(file).contains("[confidentiality]")) {
                return Optional.of(Finding.obstacle("lockdown", "the kernel is locked down for confidentiality",
                        "boot with lockdown=integrity: confidentiality forbids programs to read memory"));
            }
        } catch (IOException e) {
            return Optional.of(Finding.warn("lockdown", "can't be read: " + e.getMessage(), ""));
        }
        return Optional.empty();
    }

    private static Finding libbpf() {
        try {
            return Finding.ok("libbpf", Tracing.libbpfVersion());
        } catch (KernelException e) {
            return Finding.obstacle("libbpf", e.reason(), "apt-get install libbpf1");
        }
    }
}
