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
    /** By configured path: used while the file system is blocked. */
    private final Map<Path, Set<ProcessPath>> lastNames = new HashMap<>();

    private record PidFile(Path path) {
    }

    private record Executable(Path path) {
    }

    ConfiguredFiles(Examinations examinations) {
        this.examinations = examinations;
    }

    /**
     * Empty where there is no such file, or an empty one.
     *
     * @throws IOException where it holds no process id, or can't be read
     */
    Optional<Integer> pid(Path file) throws IOException {
        String text = examinations.run(new PidFile(file), OPERATOR, () -> contents(file))
                .orElseThrow(() -> new IOException("it is not read within the time limit"));
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new IOException("it holds no process id", e);
        }
    }

    /**
     * The names that processes may see the executable under: as configured, and with symbolic links resolved.
     *
     * @throws IOException where they were never found out, because the file system is blocked
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
