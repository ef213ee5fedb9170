package org.bitcoinwatchdog.agent.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** One file of the spool. It is written to its end, closed, read as a whole and deleted. */
final class SpoolFile {
    private static final String SUFFIX = ".spool";

    private final Path path;
    private final Map<EventAccount, Long> counts = new HashMap<>();
    private FileChannel channel;
    private long bytes;

    private SpoolFile(Path path, long bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    static SpoolFile create(Path directory, long number) throws IOException {
        SpoolFile file = new SpoolFile(directory.resolve("%019d".formatted(number) + SUFFIX), 0);
        file.channel = FileChannel.open(file.path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return file;
    }

    /** A file that an earlier run left. */
    static SpoolFile found(Path path) throws IOException {
        return new SpoolFile(path, Files.size(path));
    }

    /** The number in a spool file's name; empty where it is none. */
    static OptionalLong number(Path path) {
        String name = path.getFileName().toString();
        return name.matches("\\d{19}\\" + SUFFIX)
                ? OptionalLong.of(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())))
                : OptionalLong.empty();
    }

    Path path() {
        return path;
    }

    long bytes() {
        return bytes;
    }

    /** How many events of which account were written in this run. */
    Map<EventAccount, Long> counts() {
        return counts;
    }

    /** Adds the event as a whole or, where the disk refuses, not at all. */
    void write(PendingEvent event, ByteBuffer form) throws IOException {
        try {
            while (form.hasRemaining()) {
                channel.write(form);
            }
        } catch (IOException e) {
            channel.truncate(bytes);
            throw e;
        }
        bytes += form.limit();
        counts.merge(event.account(), 1L, Long::sum);
    }

    void finish() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    ByteBuffer read() throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(path));
    }

    void delete() throws IOException {
        finish();
        Files.deleteIfExists(path);
    }
}
