package org.bitcoinwatchdog.agent.recording;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.bitcoinwatchdog.events.RecordingReader;
import org.bitcoinwatchdog.events.Recordings;

/**
 * Calls a second on one core, from the recording's gzip bytes in memory to NodeEvents. Not a test; run its main with a
 * recording's name:
 * {@code mvn -q -pl agent -am test-compile exec:java -Dexec.mainClass=org.bitcoinwatchdog.agent.recording.DecodingSpeed
 * -Dexec.classpathScope=test}.
 */
final class DecodingSpeed {
    private static final int ROUNDS = 12;

    private DecodingSpeed() {
    }

    public static void main(String[] names) throws IOException {
        for (String name : names.length > 0 ? names : Recordings.NAMES.toArray(String[]::new)) {
            byte[] gzip;
            try (InputStream in = Recordings.bytes(name)) {
                gzip = in.readAllBytes();
            }
            double read = 0;
            double decoded = 0;
            for (int i = 0; i < ROUNDS; i++) {
                read = Math.max(read, read(gzip));
                decoded = Math.max(decoded, decode(gzip));
            }
            System.out.printf("%-24s %,10.0f calls/s read  %,10.0f calls/s read and decoded%n", name, read, decoded);
        }
    }

    private static double read(byte[] gzip) throws IOException {
        long begin = System.nanoTime();
        try (RecordingReader reader = reader(gzip)) {
            while (reader.hasNext()) {
                reader.next();
            }
            return reader.lines() * 1e9 / (System.nanoTime() - begin);
        }
    }

    private static double decode(byte[] gzip) throws IOException {
        long begin = System.nanoTime();
        try (RecordingReader reader = reader(gzip)) {
            RecordedEvents events = new RecordedEvents(reader, "regtest", call -> {
                throw new AssertionError(call.reason());
            });
            while (events.hasNext()) {
                events.next();
            }
            return reader.lines() * 1e9 / (System.nanoTime() - begin);
        }
    }

    private static RecordingReader reader(byte[] gzip) throws IOException {
        return new RecordingReader(new ByteArrayInputStream(gzip), line -> {
            throw new AssertionError(line.toString());
        });
    }
}
