package org.bitcoinwatchdog.agent.kernel;

import java.util.Set;

/** A call of libbpf or of the kernel failed. */
public final class KernelException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EACCES = 13;

    private final int errno;
    private final String libbpfLog;

    KernelException(String call, int errno, String libbpfLog) {
        super(call + ": " + name(errno) + (libbpfLog.isEmpty() ? "" : ": " + libbpfLog));
        this.errno = errno;
        this.libbpfLog = libbpfLog;
    }

    /** This process lacks a capability that tracing needs. */
    static KernelException lacking(TracingNeeds needs, Set<Capability> held) {
        return new KernelException("tracing", EPERM,
                "this process lacks " + Capability.names(needs.missing(held)) + "; " + needs.remedy());
    }

    /** The C library's error number; 0 if there is none. */
    public int errno() {
        return errno;
    }

    /** libbpf's message about it; may be empty. */
    public String libbpfLog() {
        return libbpfLog;
    }

    /** This process lacks a capability, or the kernel allows no BPF to anyone. */
    public boolean notPermitted() {
        return errno == EPERM || errno == EACCES;
    }

    /** The reason in one line. */
    public String reason() {
        return libbpfLog.isEmpty() ? name(errno) : libbpfLog.lines().reduce((first, last) -> last).orElseThrow();
    }

    /** The verifier's objection, if that is the reason: the last line of its log before the statistics. */
    String verdict() {
        return libbpfLog.lines()
                .takeWhile(line -> !line.startsWith("processed ") && !line.contains("END PROG LOAD LOG"))
                .filter(line -> !line.startsWith("libbpf:"))
                .reduce((first, last) -> last)
                .orElseGet(this::reason);
    }

    static String name(int errno) {
        return switch (errno) {
            case 0 -> "failed";
            case EPERM -> "not permitted (EPERM)";
            case ENOENT -> "not found (ENOENT)";
            case 3 -> "no such process (ESRCH)";
            case 7 -> "too big (E2BIG)";
            case 9 -> "bad file (EBADF)";
            case 12 -> "out of memory (ENOMEM)";
            case EACCES -> "not permitted (EACCES)";
            case 22 -> "invalid (EINVAL)";
            case 20 -> "not a directory (ENOTDIR)";
            case 36 -> "name too long (ENAMETOOLONG)";
            case 38 -> "not in this kernel (ENOSYS)";
            case 40 -> "too many symbolic links (ELOOP)";
            case 95 -> "not supported (EOPNOTSUPP)";
            default -> "errno " + errno;
        };
    }
}
