package org.bitcoinwatchdog.deploy.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.agent.kernel.Tracing;

/** Whether this process may load BPF programs: the kernel, its lockdown, capabilities, libbpf, and a program loaded for real. */
final class KernelExamination implements Examination {
    /** The first with BPF ring buffers and with CAP_BPF. */
    private static final int OLDEST_MAJOR = 5;
    private static final int OLDEST_MINOR = 8;
    /** Numbers of include/uapi/linux/capability.h. */
    private static final int CAP_SYS_ADMIN = 21;
    private static final int CAP_PERFMON = 38;
    private static final int CAP_BPF = 39;
    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*");

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(kernel(System.getProperty("os.version")));
        lockdown().ifPresent(findings::add);
        findings.add(capabilities(line(Path.of("/proc/self/status"), "CapEff:").orElse("0")));
        findings.add(libbpf());
        findings.add(programs());
        return findings;
    }

    static Finding kernel(String release) {
        Matcher version = RELEASE.matcher(release);
        if (!version.matches()) {
            return Finding.warn("kernel", "unknown release " + release, "Linux 5.8 or later is needed");
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        return major > OLDEST_MAJOR || major == OLDEST_MAJOR && minor >= OLDEST_MINOR
                ? Finding.ok("kernel", release)
                : Finding.obstacle("kernel", release + " has no BPF ring buffer", "Linux 5.8 or later is needed");
    }

    /** @param effective the hexadecimal mask of /proc/self/status */
    static Finding capabilities(String effective) {
        long mask = Long.parseUnsignedLong(effective.strip(), 16);
        boolean admin = has(mask, CAP_SYS_ADMIN);
        boolean bpf = has(mask, CAP_BPF) && has(mask, CAP_PERFMON);
        if (admin || bpf) {
            return Finding.ok("capabilities", admin ? "CAP_SYS_ADMIN" : "CAP_BPF and CAP_PERFMON");
        }
        return Finding.obstacle("capabilities", "neither CAP_SYS_ADMIN nor CAP_BPF with CAP_PERFMON",
                "run the agent as root, or with these capabilities (CAP_BPF and CAP_PERFMON are enough with libbpf 1.3 "
                        + "and kernel 6.6, and to trace a process of another user CAP_SYS_PTRACE)");
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

    private static Finding programs() {
        try {
            Tracing.check();
            return Finding.ok("bpf", "a program was loaded and unloaded again");
        } catch (KernelException e) {
            return Finding.obstacle("bpf", "no program can be loaded: " + (e.notPermitted() ? "not permitted" : e.reason()),
                    e.notPermitted() ? "give the agent the capabilities above" : "");
        }
    }

    private static Optional<String> line(Path file, String key) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length()).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean has(long mask, int capability) {
        return (mask >>> capability & 1) == 1;
    }
}
