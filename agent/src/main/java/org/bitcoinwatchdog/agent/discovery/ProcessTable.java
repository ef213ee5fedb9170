package org.bitcoinwatchdog.agent.discovery;

import java.io.IOException;
import java.io.InputStream;
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
import java.util.regex.Pattern;
import org.bitcoinwatchdog.agent.kernel.ForeignFile;

/**
 * The processes in /proc. Any of them may end while it is read, and is then treated as absent. Strings have one
 * character of ISO 8859-1 for each byte.
 */
final class ProcessTable {
    static final int MOST_BYTES = 1 << 20;
    /** The kernel shows times in hundredths of a second on every architecture (USER_HZ). */
    private static final int TICKS_PER_SECOND = 100;
    private static final int MOST_ARGUMENTS = 10_000;
    private static final int PARENT_FIELD = 4;
    private static final int START_TIME_FIELD = 22;
    private static final String HIDEPID = "hidepid=";
    private static final Set<String> HIDES_NOTHING = Set.of(HIDEPID + "0", HIDEPID + "off");

    private final Path proc;

    /**
     * @param parent     the process that started it, or that adopted it
     * @param startTicks when it was started, in hundredths of a second since the kernel started
     */
    record Stat(int parent, long startTicks) {
    }

    ProcessTable(Path proc) {
        this.proc = proc;
    }

    List<Integer> pids() throws IOException {
        List<Integer> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, ProcessTable::isPid)) {
            entries.forEach(entry -> pids.add(Integer.parseInt(entry.getFileName().toString())));
        }
        return pids;
    }

    /** The processes with this name whose executable this process may not read. */
    List<Integer> unreadable(Pattern names) throws IOException {
        List<Integer> unreadable = new ArrayList<>();
        for (int pid : pids()) {
            if (names.matcher(name(pid)).matches() && executable(pid).isEmpty() && isThere(pid)) {
                unreadable.add(pid);
            }
        }
        return unreadable;
    }

    boolean isThere(int pid) {
        return Files.exists(proc.resolve(Integer.toString(pid)));
    }

    /** If several file systems are mounted at one place, the last counts. */
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

    /** The name of a process; empty if it has ended. Every user may read it, and the process may choose it. */
    private String name(int pid) {
        try {
            return read(of(pid, "comm")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Target of the link to the executable. It ends with {@code " (deleted)"} if the file was replaced. Empty for
     * kernel threads, ended processes, and processes that this one may not read.
     */
    Optional<ProcessPath> executable(int pid) {
        return link(pid, "exe");
    }

    /** The file that the process runs, from outside its container, even if the file was replaced since. */
    Path openedExecutable(int pid) {
        return of(pid, "exe");
    }

    List<String> arguments(int pid) throws IOException {
        String text = read(of(pid, "cmdline"));
        String[] arguments = text.split("\0", MOST_ARGUMENTS + 1);
        if (arguments.length > MOST_ARGUMENTS) {
            throw new IOException("it has more than " + MOST_ARGUMENTS + " arguments");
        }
        return List.of(arguments);
    }

    /** An environment variable of the process. Also empty if only CAP_DAC_READ_SEARCH would allow reading it. */
    Optional<String> variable(int pid, String name) throws IOException {
        try {
            String all = '\0' + read(of(pid, "environ"));
            int begin = all.indexOf('\0' + name + '=');
            int value = begin + name.length() + 2;
            int end = all.indexOf('\0', value);
            return begin < 0 ? Optional.empty() : Optional.of(all.substring(value, end < 0 ? all.length() : end));
        } catch (AccessDeniedException e) {
            return Optional.empty();
        }
    }

    ProcessPath workingDirectory(int pid) throws IOException {
        return link(pid, "cwd").orElseThrow(() -> new IOException("its working directory can't be read"));
    }

    /** A file in the process's file system, which may be that of a container. */
    byte[] file(int pid, ProcessPath absolute, int mostBytes) throws IOException {
        return ForeignFile.read(of(pid, "root"), absolute.bytes(), mostBytes);
    }

    /** The user of the process; empty if it has ended. Its folder in /proc may still belong to root. */
    String user(int pid) {
        try {
            return read(of(pid, "status")).lines()
                    .filter(line -> line.startsWith("Uid:"))
                    .map(line -> line.split("\t")[1])
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    Stat stat(int pid) throws IOException {
        String stat = read(of(pid, "stat"));
        // The second field is the program's name in parentheses. It may contain blanks and parentheses.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).stripLeading().split(" ");
        if (fields.length <= START_TIME_FIELD - 3) {
            throw new IOException("its stat can't be read"); // treated as ended
        }
        return new Stat(Integer.parseInt(fields[PARENT_FIELD - 3]), Long.parseLong(fields[START_TIME_FIELD - 3]));
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

    private Optional<ProcessPath> link(int pid, String file) {
        return ForeignFile.readLink(proc + "/" + pid + "/" + file).map(ProcessPath::of);
    }

    private Path of(int pid, String file) {
        return proc.resolve(Integer.toString(pid)).resolve(file);
    }

    private static boolean isPid(Path entry) {
        char first = entry.getFileName().toString().charAt(0);
        return first >= '1' && first <= '9';
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("its " + file.getFileName() + " is longer than " + MOST_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
