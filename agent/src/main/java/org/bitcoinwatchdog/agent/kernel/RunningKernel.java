package org.bitcoinwatchdog.agent.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Properties of the kernel that explain why no program can be loaded.
 *
 * @param release  as uname(2) returns it
 * @param lockdown content of /sys/kernel/security/lockdown, with the active mode in brackets; empty if it can't be read
 */
public record RunningKernel(String release, String lockdown) {
    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*");
    private static final Path LOCKDOWN = Path.of("/sys/kernel/security/lockdown");

    /** This machine's. */
    public static RunningKernel here() {
        String lockdown;
        try {
            lockdown = Files.readString(LOCKDOWN);
        } catch (IOException e) {
            lockdown = ""; // this kernel has no lockdown, or securityfs is not mounted
        }
        return new RunningKernel(System.getProperty("os.version"), lockdown);
    }

    /** Whether the release is this one or a later one; empty if it is not a number. */
    public Optional<Boolean> atLeast(int major, int minor) {
        Matcher version = RELEASE.matcher(release);
        if (!version.matches()) {
            return Optional.empty();
        }
        int ownMajor = Integer.parseInt(version.group(1));
        return Optional.of(ownMajor > major || ownMajor == major && Integer.parseInt(version.group(2)) >= minor);
    }

    /**
     * The first release that tells a program which site called it (bpf_get_attach_cookie). It also has ring buffers and
     * CAP_BPF.
     */
    public boolean tooOld() {
        return !atLeast(5, 15).orElse(true);
    }

    /** Why no program can be loaded, and what to do, in one line. */
    Optional<String> obstacle() {
        if (tooOld()) {
            return Optional.of("Linux " + release + " is too old, 5.15 or later is needed");
        }
        if (lockdown.contains("[confidentiality]")) {
            return Optional.of("the kernel is locked down for confidentiality, which keeps programs from reading memory; boot "
                    + "with lockdown=integrity or without");
        }
        return Optional.empty();
    }
}
