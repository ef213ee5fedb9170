package org.bitcoinwatchdog.agent.discovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bitcoinwatchdog.agent.kernel.ForeignFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that the settings name. The node's user may control them, and a network file system may block them. */
final class ConfiguredFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredFiles.class);
    private static final Path ROOT = Path.of("/");
    private static final int PID_FILE_BYTES = 64;
    private static final String OPERATOR = "operator";

    private final Examinations examinations;
    /** By configured path, for use while the file system blocks. */
    private final Map<Path, Set<ProcessPath>> lastNames = new HashMap<>();

    private record PidFile(Path path) {
    }

    private record Executable(Path path) {
    }

    ConfiguredFiles(Examinations examinations) {
        this.examinations = examinations;
    }

    /**
     * The process id in a pid-file; empty if there is no such file, or it is empty.
     *
     * @throws IOException if it has no process id, or can't be read
     */
    Optional<Integer> pid(Path file) throws IOException {
        String text = examinations.run(new PidFile(file), OPERATOR, () -> contents(file))
                .orElseThrow(() -> new IOException("it is not read within the time limit"));
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new IOException("it has no process id", e);
        }
    }

    /**
     * The paths under which processes may see the executable: as configured, and with symbolic links resolved.
     *
     * @throws IOException if they are unknown, because the file system blocks
     */
    Set<ProcessPath> names(Path executable) throws IOException {
        Optional<Set<ProcessPath>> names =
                examinations.run(new Executable(executable), OPERATOR, () -> currentNames(executable.toAbsolutePath().normalize()));
        names.ifPresent(known -> lastNames.put(executable, known));
        return names.or(() -> Optional.ofNullable(lastNames.get(executable)))
                .orElseThrow(() -> new IOException("it is not found within the time limit"));
    }

    private static Set<ProcessPath> currentNames(Path absolute) {
        Set<ProcessPath> names = new HashSet<>();
        names.add(ProcessPath.of(absolute)); // perhaps one inside a container
        try {
            names.add(ProcessPath.of(absolute.toRealPath()));
        } catch (IOException e) {
            LOG.debug("{} is not on this file system", absolute, e);
        }
        return names;
    }

    private static String contents(Path file) throws IOException {
        try {
            byte[] contents = ForeignFile.read(ROOT, ProcessPath.of(file.toAbsolutePath()).bytes(), PID_FILE_BYTES);
            return new String(contents, StandardCharsets.ISO_8859_1).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
