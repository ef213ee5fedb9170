package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RecordingWriterTest {
    @Test
    void whatItWritesIsReadBackAsItWas() throws IOException {
        List<RecordedCall> calls = List.of(
                new RecordedCall(0, "node \"a\"\n", "net:x", List.of()),
                new RecordedCall(Long.MAX_VALUE, "\u00fc\u20bf\ud83d\ude00", "a:b",
                        List.of(Long.MIN_VALUE, Long.MAX_VALUE, true, false, "", "\u0000\u001b[31m", "\\")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(calls, out);
        assertThat(read(new ByteArrayInputStream(out.toByteArray()))).isEqualTo(calls);
    }

    @ParameterizedTest
    @FieldSource("org.bitcoinwatchdog.events.Recordings#NAMES")
    void writesShippedRecordingsByteForByte(String name) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = Recordings.bytes(name)) {
            write(read(in), out);
        }
        assertThat(plain(new ByteArrayInputStream(out.toByteArray()))).isEqualTo(plain(Recordings.bytes(name)));
    }

    private static void write(List<RecordedCall> calls, ByteArrayOutputStream out) throws IOException {
        try (RecordingWriter writer = new RecordingWriter(out)) {
            for (RecordedCall call : calls) {
                writer.write(call);
            }
        }
    }

    private static List<RecordedCall> read(InputStream in) throws IOException {
        List<RecordedCall> calls = new ArrayList<>();
        try (RecordingReader reader = new RecordingReader(in, line -> {
            throw new AssertionError(line.toString());
        })) {
            reader.forEachRemaining(calls::add);
        }
        return calls;
    }

    private static byte[] plain(InputStream gzip) throws IOException {
        try (InputStream in = new GZIPInputStream(gzip)) {
            return in.readAllBytes();
        }
    }
}
