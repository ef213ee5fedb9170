package org.bitcoinwatchdog.agent.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bitcoinwatchdog.events.Loss;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events on disk, oldest first, up to a number of bytes: where there is no room the oldest file goes. It outlives the
 * agent. A file that was begun to be read is read again after a crash; its events then reach Kafka twice, with the epoch
 * and sequence that they had. Files are not forced to the disk: a power failure may cost the last seconds.
 *
 * <p>For one thread.
 */
final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final int LARGEST_FILE = 4 << 20;

    private final Path directory;
    private final long mostBytes;
    /** The files whose turn has not come yet. */
    private final NavigableMap<Long, SpoolFile> files = new TreeMap<>();
    private final Map<String, EventAccount> accounts = new HashMap<>();
    /** The oldest events, which were read from a file or taken back from Kafka. */
    private final Deque<PendingEvent> reading = new ArrayDeque<>();
    /** Where the events being read are on disk; null where they are in memory only. */
    private SpoolFile readingFile;
    /** Of the files that are neither being written nor being read. */
    private long finishedBytes;
    /** Files are numbered upwards from the middle; what is put before them gets lower numbers. */
    private long nextNumber = Long.MAX_VALUE / 2;
    private long lowestNumber = nextNumber;
    private SpoolFile writing;
    private boolean logged;

    private Spool(Path directory, long mostBytes) {
        this.directory = directory;
        this.mostBytes = mostBytes;
    }

    /** @throws IOException where the directory can't be made or read */
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
        return reading.isEmpty() && files.isEmpty();
    }

    long bytes() {
        return finishedBytes + (writing == null ? 0 : writing.bytes()) + (readingFile == null ? 0 : readingFile.bytes());
    }

    void append(PendingEvent event) {
        ByteBuffer form = SpoolFormat.write(event);
        while (bytes() + form.limit() > mostBytes && !isEmpty()) {
            dropOldest();
        }
        if (form.limit() > mostBytes) {
            event.lose(Loss.Cause.CAUSE_SPOOL_FULL);
            return;
        }
        try {
            accounts.putIfAbsent(key(event.account().node(), event.account().epoch()), event.account());
            write(event, form);
        } catch (IOException e) {
            LOG.debug("the spool {} can't be written", directory, e);
            logOnce("The spool " + directory + " can't be written, so events are lost: " + e);
            event.lose(Loss.Cause.CAUSE_SPOOL_FULL);
        }
    }

    /** Puts events that Kafka has not acknowledged before all others, in memory until {@link #close()}. */
    void prepend(List<PendingEvent> events) {
        for (int i = events.size() - 1; i >= 0; i--) {
            reading.addFirst(events.get(i));
        }
    }

    /** The oldest event, which stays the oldest until it is removed; null where there is none. */
    PendingEvent peek() {
        while (reading.isEmpty() && !files.isEmpty()) {
            readOldestFile();
        }
        return reading.peek();
    }

    void remove() {
        reading.remove();
        if (reading.isEmpty()) {
            finishReading();
        }
    }

    /** What was being read is written anew, without the events that Kafka has by now. */
    @Override
    public void close() throws IOException {
        if (writing != null) {
            writing.finish();
        }
        if (!reading.isEmpty()) {
            keepReading();
        }
    }

    private void found(Path path, long number) throws IOException {
        SpoolFile file = SpoolFile.found(path);
        files.put(number, file);
        finishedBytes += file.bytes();
        nextNumber = Math.max(nextNumber, number + 1);
        lowestNumber = Math.min(lowestNumber, number);
    }

    private void keepReading() throws IOException {
        if (mostBytes == 0) {
            loseReading();
            return;
        }
        SpoolFile kept = create(--lowestNumber, this::dropOldestFile);
        for (PendingEvent event : reading) {
            kept.write(event, SpoolFormat.write(event));
        }
        kept.finish();
        if (kept.lost() > 0) {
            LOG.warn("The disk of the spool {} is full: {} events that Kafka has not acknowledged are {}.", directory, kept.lost(),
                    readingFile == null ? "lost" : "kept in " + readingFile.path());
        }
        if (readingFile != null && kept.lost() == 0) {
            readingFile.delete();
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

    /** A disk may be too full for an empty file too. */
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

    /** The file that is being written keeps its last events in memory: to read them back needs no room on the disk. */
    private void readOldestFile() {
        SpoolFile file = files.pollFirstEntry().getValue();
        List<PendingEvent> unwritten = List.of();
        if (file == writing) {
            writing = null;
            unwritten = file.takeUnwritten();
        } else {
            finishedBytes -= file.bytes();
        }
        readingFile = file;
        reading.addAll(written(file));
        reading.addAll(unwritten);
        if (reading.isEmpty()) {
            finishReading();
        }
    }

    /** The events on disk; those that can't be read are counted as lost. */
    private List<PendingEvent> written(SpoolFile file) {
        List<PendingEvent> events = List.of();
        try {
            SpoolFormat.SpooledEvents contents = SpoolFormat.read(file.read(), this::account);
            events = contents.events();
            if (contents.undamaged()) {
                return events;
            }
            LOG.warn("The spool file {} is damaged after its event {}.", file.path(), contents.events().size());
        } catch (IOException e) {
            LOG.warn("The spool file {} can't be read: {}.", file.path(), e.toString());
        }
        Map<EventAccount, Long> missing = new HashMap<>(file.counts());
        events.forEach(event -> missing.merge(event.account(), -1L, Long::sum));
        missing.forEach((account, count) -> {
            for (long i = 0; i < count; i++) {
                account.lose(Loss.Cause.CAUSE_SPOOL_DAMAGED, account.epoch());
            }
        });
        return events;
    }

    /** The disk is full, perhaps of what others write: the oldest file goes, as at the spool's own limit. */
    private boolean makeRoom() {
        logOnce("The disk of the spool " + directory + " is full: the oldest events are lost.");
        if (readingFile != null) {
            loseReading();
            return true;
        }
        return dropOldestFile();
    }

    /** Frees the oldest file that is neither written nor read; false if no such file is left. */
    private boolean dropOldestFile() {
        if (files.isEmpty() || files.firstEntry().getValue() == writing) {
            return false;
        }
        SpoolFile file = files.pollFirstEntry().getValue();
        finishedBytes -= file.bytes();
        written(file).forEach(event -> event.lose(Loss.Cause.CAUSE_SPOOL_FULL));
        delete(file);
        return true;
    }

    /** Once for each time that events had to wait on disk: there may be thousands a second. */
    private void logOnce(String trouble) {
        if (!logged) {
            logged = true;
            LOG.warn(trouble);
        }
    }

    private void dropOldest() {
        if (reading.isEmpty()) {
            readOldestFile();
        }
        loseReading();
    }

    private void loseReading() {
        reading.forEach(event -> event.lose(Loss.Cause.CAUSE_SPOOL_FULL));
        reading.clear();
        finishReading();
    }

    private void finishReading() {
        if (readingFile != null) {
            delete(readingFile);
        }
        readingFile = null;
        if (files.isEmpty()) {
            accounts.clear();
            logged = false;
        }
    }

    private static void delete(SpoolFile file) {
        try {
            file.delete();
        } catch (IOException e) {
            LOG.warn("The spool file {} can't be deleted: {}.", file.path(), e.toString());
        }
    }

    private EventAccount account(String node, long epoch) {
        return accounts.computeIfAbsent(key(node, epoch), absent -> new EventAccount(node, epoch));
    }

    private static String key(String node, long epoch) {
        return epoch + " " + node;
    }
}
