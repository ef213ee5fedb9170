package org.bitcoinwatchdog.agent.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.bitcoinwatchdog.events.Loss;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file of the spool. It is written to its end, closed, read as a whole and deleted. */
final class SpoolFile {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolFile.class);
    private static final String SUFFIX = ".spool";
    private static final int BUFFER_BYTES = 1 << 17;

    /** Frees room on a full disk. */
    interface Room {
        /** Frees some room; false if there is nothing to free. */
        boolean make();
    }

    private final Path path;
    private final Room room;
    private final Map<EventAccount, Long> counts = new HashMap<>();
    private final List<PendingEvent> unwritten = new ArrayList<>();
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private FileChannel channel;
    private long bytes;
    private long lost;

    private SpoolFile(Path path, Room room, long bytes) {
        this.path = path;
        this.room = room;
        this.bytes = bytes;
    }

    static SpoolFile create(Path directory, Room room, long number) throws IOException {
        SpoolFile file = new SpoolFile(directory.resolve(String.format(Locale.ROOT, "%019d", number) + SUFFIX), room, 0);
        file.channel = FileChannel.open(file.path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return file;
    }

    /** A file of an earlier run. */
    static SpoolFile found(Path path) throws IOException {
        return new SpoolFile(path, () -> false, Files.size(path));
    }

    /** The number in a spool file's name; empty for another file. */
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

    /** The number of events that the disk refused. */
    long lost() {
        return lost;
    }

    /** The number of events of each account that this run wrote. */
    Map<EventAccount, Long> counts() {
        return counts;
    }

    /** Adds the event. It is written to disk with others, at the latest by {@link #finish}. */
    void write(PendingEvent event, ByteBuffer form) {
        if (form.remaining() > buffer.remaining()) {
            flush();
        }
        if (form.remaining() > buffer.capacity()) {
            buffer = ByteBuffer.allocate(form.remaining());
        }
        bytes += form.remaining();
        buffer.put(form);
        unwritten.add(event);
    }

    /**
     * Writes the buffered events. If the disk is full, older events make room. Events that the disk still refuses are
     * lost, and counted.
     */
    void flush() {
        buffer.flip();
        long before = bytes - buffer.remaining();
        try {
            write(before);
            unwritten.forEach(event -> counts.merge(event.account(), 1L, Long::sum));
        } catch (IOException e) {
            LOG.debug("{} can't be written; {} events are lost", path, unwritten.size(), e);
            lost += unwritten.size();
            unwritten.forEach(event -> event.lose(Loss.Cause.CAUSE_SPOOL_FULL));
            truncate(before);
        } finally {
            unwritten.clear();
            buffer.clear();
        }
    }

    private void write(long from) throws IOException {
        while (true) {
            try {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                return;
            } catch (IOException e) {
                if (!room.make()) {
                    throw e;
                }
                channel.truncate(from);
                channel.position(from);
                buffer.rewind();
            }
        }
    }

    void finish() throws IOException {
        if (channel != null) {
            flush();
            channel.close();
            channel = null;
        }
    }

    /** Removes and returns the events that are not on disk yet. The file ends with those that are. */
    List<PendingEvent> takeUnwritten() {
        List<PendingEvent> taken = List.copyOf(unwritten);
        bytes -= buffer.position();
        unwritten.clear();
        buffer.clear();
        return taken;
    }

    ByteBuffer read() throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(path));
    }

    /** Deletes the file without writing buffered events, because deleting must make room on a full disk. */
    void delete() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
        Files.deleteIfExists(path);
    }

    void deleteOrLog() {
        try {
            delete();
        } catch (IOException e) {
            LOG.warn("The spool file {} can't be deleted: {}.", path, e.toString());
        }
    }

    private void truncate(long to) {
        bytes = to;
        try {
            channel.truncate(to);
        } catch (IOException e) {
            LOG.warn("{} can't be shortened: {}.", path, e.toString());
        }
    }
}
