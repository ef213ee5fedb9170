package org.bitcoinwatchdog.events;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream of bytes into lines, and never holds more than {@link #MAX_LINE_BYTES} of one. A longer line is read
 * to its end and {@linkplain #tooLong() reported as too long}.
 */
final class LineReader {
    /** Four times the hex form of Bitcoin Core's longest P2P message (4,000,000 bytes, cut to 65,536). */
    static final int MAX_LINE_BYTES = 8 << 20;

    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private int start;
    private int length;
    private boolean tooLong;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** Moves to the next line; false at the end of the stream. */
    boolean next() throws IOException {
        tooLong = false;
        start = position;
        int scanned = position;
        while (true) {
            for (int i = scanned; i < limit; i++) {
                if (buffer[i] == '\n') {
                    length = i - start;
                    position = i + 1;
                    tooLong |= length > MAX_LINE_BYTES;
                    return true;
                }
            }
            if (limit - start > MAX_LINE_BYTES) {
                tooLong = true;
                start = 0;
                limit = 0;
            }
            makeRoom();
            scanned = limit;
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                return rest();
            }
            limit += read;
        }
    }

    /** Whether this line was longer than the limit. Its bytes are then unavailable. */
    boolean tooLong() {
        return tooLong;
    }

    byte[] bytes() {
        return buffer;
    }

    int start() {
        return start;
    }

    int length() {
        return length;
    }

    /** The last line, if it has no line feed. */
    private boolean rest() {
        length = limit - start;
        position = limit;
        tooLong |= length > MAX_LINE_BYTES;
        return length > 0 || tooLong;
    }

    private void makeRoom() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, limit - start);
            limit -= start;
            start = 0;
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
    }
}
