package org.bitcoinwatchdog.deploy.bench.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * A process's figures from /proc at one time.
 *
 * @param residentBytes what of its memory is in RAM: {@code VmRSS}
 * @param sharedBytes   of these, what is mapped from files and from the kernel: {@code RssFile} and {@code RssShmem}
 * @param descriptors   open files
 * @param cpu           processor time since its start, user's and system's
 */
public record ProcessFigures(long residentBytes, long sharedBytes, int threads, int descriptors, Duration cpu) {
    /** The kernel shows times in hundredths of a second on every architecture (USER_HZ). */
    private static final int MS_PER_TICK = 10;
    private static final int USER_TIME_FIELD = 14;

    public static ProcessFigures of(long pid) throws IOException {
        Path proc = Path.of("/proc", Long.toString(pid));
        String status = Files.readString(proc.resolve("status"));
        String stat = Files.readString(proc.resolve("stat"));
        // The second field is the program's name in parentheses, and may hold blanks itself.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[USER_TIME_FIELD - 3]) + Long.parseLong(fields[USER_TIME_FIELD - 2]);
        try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
            return new ProcessFigures(
                    number(status, "VmRSS") << 10,
                    number(status, "RssFile") + number(status, "RssShmem") << 10,
                    (int) number(status, "Threads"),
                    (int) descriptors.count(),
                    Duration.ofMillis(ticks * MS_PER_TICK));
        }
    }

    private static long number(String status, String key) {
        return status.lines()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0L);
    }
}
