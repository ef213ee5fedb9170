package org.bitcoinwatchdog.agent.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bitcoinwatchdog.events.Loss;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events on disk, oldest first, up to a number of bytes. If there is no room, the oldest events are lost and counted. A
 * spool outlives the agent. After a crash, a file that was partly read is read again, so its events reach Kafka twice, with
 * the same epoch and sequence. Files are not forced to the disk: a power failure may cost the last seconds.
 *
 * <p>Not thread-safe.
 */
final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final int LARGEST_FILE = 4 << 20;

    private final Path directory;
    private final long mostBytes;
    private final SpoolHead head = new SpoolHead();
    /** The files behind the head, the one that is being written included. */
    private final NavigableMap<Long, SpoolFile> files = new TreeMap<>();
    private SpoolFile writing;
    /** Bytes of the files behind the head that are finished. */
    private long finishedBytes;
    /** Files are numbered upwards from the middle. What is put before them gets lower numbers. */
    private long nextNumber = Long.MAX_VALUE / 2;
    private long lowestNumber = nextNumber;
    private boolean logged;

    private Spool(Path directory, long mostBytes) {
        this.directory = directory;
        this.mostBytes = mostBytes;
    }

    /** @throws IOException if the directory can't be made or read */
    static Spool open(Path directory, long mostBytes) throws IOException {
        Spool spool = new Spool(directory, mostBytes);
        Files.createDirectories(directory);
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (SpoolFile.number(path).isPresent()) {
                    spool.found(path, SpoolFile.number(path).getAsLong());
                }
            }
        }
        return spool;
    }

    boolean isEmpty() {
        return head.isEmpty() && files.isEmpty();
    }

    long bytes() {
        return finishedBytes + (writing == null ? 0 : writing.bytes()) + head.bytes();
    }

    void append(PendingEvent event) {
        if (isEmpty()) {
            head.forgetAccounts();
            logged = false;
        }
        ByteBuffer form = SpoolFormat.write(event);
        while (bytes() + form.limit() > mostBytes && !isEmpty()) {
            loseOldest();
        }
        if (form.limit() > mostBytes) {
            event.lose(Loss.Cause.CAUSE_SPOOL_FULL);
            return;
        }
        try {
            head.remember(event.account());
            write(event, form);
        } catch (IOException e) {
            LOG.debug("the spool {} can't be written", directory, e);
            logOnce("The spool " + directory + " can't be written, so events are lost: " + e);
            event.lose(Loss.Cause.CAUSE_SPOOL_FULL);
        }
    }

    /** Puts events that Kafka has not acknowledged before all others, in memory until {@link #close()}. */
    void prepend(List<PendingEvent> events) {
        head.prepend(events);
    }

    /** The oldest event, which stays the oldest until it is removed; null if there is none. */
    PendingEvent peek() {
        while (head.isEmpty() && !files.isEmpty()) {
            readOldestFile();
        }
        return head.peek();
    }

    void remove() {
        head.remove();
    }

    /** Writes the head to a new file, without the events that Kafka has by now. */
    @Override
    public void close() throws IOException {
        if (writing != null) {
            writing.finish();
        }
        if (mostBytes == 0) {
            head.lose();
        } else if (!head.isEmpty()) {
            keepHead();
        }
    }

    private void found(Path path, long number) throws IOException {
        SpoolFile file = SpoolFile.found(path);
        files.put(number, file);
        finishedBytes += file.bytes();
        nextNumber = Math.max(nextNumber, number + 1);
        lowestNumber = Math.min(lowestNumber, number);
    }

    private void keepHead() throws IOException {
        SpoolFile kept = create(--lowestNumber, this::loseOldestFile);
        for (PendingEvent event : head.events()) {
            kept.write(event, SpoolFormat.write(event));
        }
        kept.finish();
        if (kept.lost() > 0) {
            LOG.warn("The disk of the spool {} is full: {} events that Kafka has not acknowledged are {}.", directory, kept.lost(),
                    head.file().map(file -> "kept in " + file.path()).orElse("lost"));
        } else if (head.file().isPresent()) {
            head.file().get().delete();
        }
    }

    private void write(PendingEvent event, ByteBuffer form) throws IOException {
        if (writing != null && writing.bytes() + form.limit() > Math.min(LARGEST_FILE, mostBytes / 8)) {
            writing.finish();
            finishedBytes += writing.bytes();
            writing = null;
        }
        if (writing == null) {
            writing = create(nextNumber, this::makeRoom);
            files.put(nextNumber++, writing);
        }
        writing.write(event, form);
    }

    /** A full disk may have no room for an empty file either. */
    private SpoolFile create(long number, SpoolFile.Room room) throws IOException {
        while (true) {
            try {
                return SpoolFile.create(directory, room, number);
            } catch (FileSystemException e) {
                if (e instanceof FileAlreadyExistsException || !room.make()) {
                    throw e;
                }
            }
        }
    }

    /** The file that is being written keeps its last events in memory. Reading them back needs no room on the disk. */
    private void readOldestFile() {
        SpoolFile file = files.pollFirstEntry().getValue();
        List<PendingEvent> unwritten = List.of();
        if (file == writing) {
            writing = null;
            unwritten = file.takeUnwritten();
        } else {
            finishedBytes -= file.bytes();
        }
        head.read(file, unwritten);
    }

    /** The disk is full, perhaps with other data. The oldest file is lost, as at the spool's own limit. */
    private boolean makeRoom() {
        logOnce("The disk of the spool " + directory + " is full: the oldest events are lost.");
        if (head.file().isPresent()) {
            head.lose();
            return true;
        }
        return loseOldestFile();
    }

    /** Frees the oldest finished file behind the head; false if there is none. */
    private boolean loseOldestFile() {
        if (files.isEmpty() || files.firstEntry().getValue() == writing) {
            return false;
        }
        SpoolFile file = files.pollFirstEntry().getValue();
        finishedBytes -= file.bytes();
        head.eventsOf(file).forEach(event -> event.lose(Loss.Cause.CAUSE_SPOOL_FULL));
        file.deleteOrLog();
        return true;
    }

    private void loseOldest() {
        if (head.isEmpty()) {
            readOldestFile();
        }
        head.lose();
    }

    /** Once for each time that events have to wait on disk: there may be thousands a second. */
    private void logOnce(String trouble) {
        if (!logged) {
            logged = true;
            LOG.warn(trouble);
        }
    }
}
