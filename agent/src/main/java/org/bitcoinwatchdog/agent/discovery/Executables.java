package org.bitcoinwatchdog.agent.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.agent.kernel.ElfNotes;
import org.bitcoinwatchdog.agent.kernel.ForeignFile.ForeignFormatException;
import org.bitcoinwatchdog.agent.kernel.Tracepoint;

/**
 * Decides which executables can run a node: those with tracepoints of Bitcoin Core's net code. Each file is read once.
 */
final class Executables {
    /** Different executables that run at one time. If there are more, some are read again. */
    private static final int MOST_REMEMBERED = 1000;
    private static final String PROVIDER = "net";
    static final String NO_TRACEPOINTS = "it has none of Bitcoin Core's tracepoints";

    /** Identifies the content of a file. No user can set the time of its last change (ctime). */
    private record FileVersion(Object device, Object inode, Object changed, Object bytes) {
    }

    private final Map<FileVersion, Optional<String>> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FileVersion, Optional<String>> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /**
     * Why the executable can't run a node; empty if it can.
     *
     * @throws IOException if it can't be read now
     */
    Optional<String> obstacle(Path executable) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(executable, "unix:dev,ino,ctime,size");
        FileVersion contents = new FileVersion(
                attributes.get("dev"), attributes.get("ino"), attributes.get("ctime"), attributes.get("size"));
        synchronized (known) {
            Optional<String> before = known.get(contents);
            if (before != null) {
                return before;
            }
        }
        Optional<String> obstacle = read(executable);
        synchronized (known) {
            known.put(contents, obstacle);
        }
        return obstacle;
    }

    private static Optional<String> read(Path executable) throws IOException {
        try {
            return ElfNotes.read(executable).stream().anyMatch(note -> isOfNode(note.fullName()))
                    ? Optional.empty() : Optional.of(NO_TRACEPOINTS);
        } catch (ForeignFormatException e) {
            return Optional.of("its executable has no readable tracepoints: " + e.getMessage());
        }
    }

    private static boolean isOfNode(String tracepoint) {
        return Arrays.stream(Tracepoint.values())
                .anyMatch(known -> known.provider().equals(PROVIDER) && known.fullName().equals(tracepoint));
    }
}
