package org.bitcoinwatchdog.agent.discovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What /proc tells of processes. Any of them may end while it is read: then it is as if it had not been there. */
final class ProcessTable {
    /** The kernel shows times in hundredths of a second on every architecture (USER_HZ). */
    private static final int TICKS_PER_SECOND = 100;
    private static final int PARENT_FIELD = 4;
    private static final int START_TIME_FIELD = 22;
    private static final String HIDEPID = "hidepid=";
    private static final Set<String> HIDES_NOTHING = Set.of(HIDEPID + "0", HIDEPID + "off");
    private static final String DELETED = " (deleted)";

    private final Path proc;

    ProcessTable(Path proc) {
        this.proc = proc;
    }

    /** The process ids with one of these names whose executable may not be looked at. */
    List<Integer> unreadable(Set<String> names) throws IOException {
        List<Integer> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, ProcessTable::isPid)) {
            for (Path entry : entries) {
                int pid = Integer.parseInt(entry.getFileName().toString());
                if (names.contains(name(pid)) && executable(pid).isEmpty() && Files.exists(entry)) {
                    pids.add(pid);
                }
            }
        }
        return pids;
    }

    /** Of several mounts at one place the last counts. */
    boolean hidesOthers() throws IOException {
        boolean hides = false;
        for (String mount : Files.readAllLines(proc.resolve("self/mounts"), StandardCharsets.ISO_8859_1)) {
            String[] fields = mount.split(" ");
            if (fields.length > 3 && fields[1].equals("/proc") && fields[2].equals("proc")) {
                hides = List.of(fields[3].split(",")).stream()
                        .anyMatch(option -> option.startsWith(HIDEPID) && !HIDES_NOTHING.contains(option));
            }
        }
        return hides;
    }

    /** Everyone may see the name, which a process may choose; empty where the process has ended. */
    private String name(int pid) {
        try {
            return Files.readString(of(pid, "comm"), StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** The process ids whose executable, as its process sees it, is one that is looked for. */
    List<Integer> running(Predicate<Path> executable) throws IOException {
        List<Integer> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, ProcessTable::isPid)) {
            for (Path entry : entries) {
                int pid = Integer.parseInt(entry.getFileName().toString());
                if (executable(pid).filter(executable).isPresent()) {
                    pids.add(pid);
                }
            }
        }
        return pids;
    }

    /** Empty for kernel threads, ended processes, and processes of others that this one may not look at. */
    Optional<Path> executable(int pid) {
        try {
            String link = Files.readSymbolicLink(of(pid, "exe")).toString();
            return Optional.of(Path.of(
                    link.endsWith(DELETED) ? link.substring(0, link.length() - DELETED.length()) : link));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    List<String> arguments(int pid) throws IOException {
        return strings(of(pid, "cmdline"));
    }

    /** The process's environment variable; empty too where only CAP_DAC_READ_SEARCH would show another user's. */
    Optional<String> variable(int pid, String name) throws IOException {
        try {
            return strings(of(pid, "environ")).stream()
                    .filter(entry -> entry.startsWith(name + "="))
                    .map(entry -> entry.substring(name.length() + 1))
                    .findFirst();
        } catch (AccessDeniedException e) {
            return Optional.empty();
        }
    }

    Path workingDirectory(int pid) throws IOException {
        return Files.readSymbolicLink(of(pid, "cwd"));
    }

    /** A file of the process's own file system, which may be that of a container. */
    Path inside(int pid, Path absolute) {
        return of(pid, "root").resolve(Path.of("/").relativize(absolute));
    }

    /** When the process was started, in hundredths of a second since the kernel was. */
    long startTicks(int pid) throws IOException {
        return stat(pid, START_TIME_FIELD);
    }

    /** The process that started it, or that took it over when that one ended. */
    int parent(int pid) throws IOException {
        return (int) stat(pid, PARENT_FIELD);
    }

    private long stat(int pid, int field) throws IOException {
        String stat = Files.readString(of(pid, "stat"), StandardCharsets.ISO_8859_1);
        // The second field is the program's name in parentheses, and may hold blanks and parentheses itself.
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[field - 3]);
    }

    Instant time(long ticks) throws IOException {
        return bootedAt().plusMillis(ticks * 1000 / TICKS_PER_SECOND);
    }

    private Instant bootedAt() throws IOException {
        return Files.readAllLines(proc.resolve("stat")).stream()
                .filter(line -> line.startsWith("btime "))
                .map(line -> Instant.ofEpochSecond(Long.parseLong(line.substring(6).strip())))
                .findFirst()
                .orElseThrow(() -> new IOException("no btime in " + proc.resolve("stat")));
    }

    private Path of(int pid, String file) {
        return proc.resolve(Integer.toString(pid)).resolve(file);
    }

    private static boolean isPid(Path entry) {
        char first = entry.getFileName().toString().charAt(0);
        return first >= '1' && first <= '9';
    }

    private static List<String> strings(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        return text.isEmpty() ? List.of() : List.of(text.split("\0"));
    }
}
