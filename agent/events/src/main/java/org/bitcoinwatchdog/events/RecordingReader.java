package org.bitcoinwatchdog.events;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a recording (contract 4) one call at a time, in bounded memory. Its first bytes show whether it is gzip or
 * plain. A broken line is reported, counted and skipped. So is the end of a gzip file that is cut or damaged, and the
 * recording ends there. A fault of the disk is an {@link UncheckedIOException}. Not thread-safe.
 */
public final class RecordingReader implements Iterator<RecordedCall>, AutoCloseable {
    /**
     * A skipped line of a recording.
     *
     * @param line   its number, from 1
     * @param reason as text; it never repeats the line's content
     */
    public record BrokenLine(long line, String reason) {
        @Override
        public String toString() {
            return "line " + line + ": " + reason;
        }
    }

    private static final int GZIP_MAGIC = 0x1f8b;

    private final InputStream in;
    private final LineReader lines;
    private final CallParser parser = new CallParser();
    private final Consumer<BrokenLine> brokenLines;
    private RecordedCall next;
    private long line;
    private long broken;
    private boolean ended;

    /**
     * @param in          closed by {@link #close()}
     * @param brokenLines gets every skipped line
     */
    public RecordingReader(InputStream in, Consumer<BrokenLine> brokenLines) throws IOException {
        this.in = plain(new BufferedInputStream(in, 1 << 16));
        this.lines = new LineReader(this.in);
        this.brokenLines = brokenLines;
    }

    public static RecordingReader open(Path file, Consumer<BrokenLine> brokenLines) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            return new RecordingReader(in, brokenLines);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            advance();
        }
        return next != null;
    }

    @Override
    public RecordedCall next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        RecordedCall call = next;
        next = null;
        return call;
    }

    /** Lines read so far. */
    public long lines() {
        return line;
    }

    /** Lines skipped so far, including the damaged end of a gzip file. */
    public long broken() {
        return broken;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void advance() {
        try {
            if (lines.next()) {
                line++;
                parse();
            } else {
                ended = true;
            }
        } catch (EOFException | ZipException e) {
            ended = true;
            line++;
            skip("the gzip file " + (e instanceof EOFException ? "ends too early" : "is damaged") + " here");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void parse() {
        if (lines.tooLong()) {
            skip("longer than " + LineReader.MAX_LINE_BYTES + " bytes");
        } else if (!blank()) {
            next = parser.parse(lines.bytes(), lines.start(), lines.length());
            if (next == null) {
                skip(parser.problem());
            }
        }
    }

    private boolean blank() {
        int end = lines.start() + lines.length();
        for (int i = lines.start(); i < end; i++) {
            byte b = lines.bytes()[i];
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private void skip(String reason) {
        broken++;
        brokenLines.accept(new BrokenLine(line, reason));
    }

    private static InputStream plain(BufferedInputStream in) throws IOException {
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(in, 1 << 16) : in;
    }
}
