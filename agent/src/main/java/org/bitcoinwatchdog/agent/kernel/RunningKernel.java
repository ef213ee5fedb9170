package org.bitcoinwatchdog.agent.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the kernel says of itself, where it explains that no program can be loaded.
 *
 * @param release  as uname(2) tells it
 * @param lockdown what stands in /sys/kernel/security/lockdown, the mode that holds in brackets; empty where it can't be read
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
            lockdown = ""; // no lockdown in this kernel, or securityfs is not mounted: then nothing is known of it
        }
        return new RunningKernel(System.getProperty("os.version"), lockdown);
    }

    /** Whether the release is this or a later one; empty where it is no number. */
    public Optional<Boolean> atLeast(int major, int minor) {
        Matcher version = RELEASE.matcher(release);
        if (!version.matches()) {
            return Optional.empty();
        }
        int ownMajor = Integer.parseInt(version.group(1));
        return Optional.of(ownMajor > major || ownMajor == major && Integer.parseInt(version.group(2)) >= minor);
    }

    /** The first that tells a program which place called it (bpf_get_attach_cookie); it has ring buffers and CAP_BPF too. */
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
