package org.bitcoinwatchdog.agent.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The capabilities that tracing may need (capabilities(7); numbers of include/uapi/linux/capability.h). */
public enum Capability {
    /** To read the executable, arguments and configuration of other users' processes. */
    CAP_SYS_PTRACE(19),
    /** To attach by perf events. It includes the next two. */
    CAP_SYS_ADMIN(21),
    /** To load programs that read the memory of processes. */
    CAP_PERFMON(38),
    /** To make maps and load programs. */
    CAP_BPF(39);

    private static final String LINE = "CapEff:";

    private final int number;

    Capability(int number) {
        this.number = number;
    }

    /** The capabilities of this process. */
    public static Set<Capability> held() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return of(lines.filter(line -> line.startsWith(LINE))
                    .map(line -> line.substring(LINE.length()).strip())
                    .findFirst()
                    .orElse("0"));
        } catch (IOException e) {
            return Set.of();
        }
    }

    /** @param mask hexadecimal, as /proc/PID/status shows it */
    public static Set<Capability> of(String mask) {
        long bits = Long.parseUnsignedLong(mask, 16);
        EnumSet<Capability> held = EnumSet.noneOf(Capability.class);
        for (Capability capability : values()) {
            if ((bits >>> capability.number & 1) == 1) {
                held.add(capability);
            }
        }
        return held;
    }

    /** {@code CAP_PERFMON and CAP_BPF}. */
    static String names(Set<Capability> capabilities) {
        return capabilities.stream().map(Capability::name).collect(Collectors.joining(" and "));
    }
}
