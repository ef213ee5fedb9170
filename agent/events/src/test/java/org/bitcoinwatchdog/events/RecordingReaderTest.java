package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.bitcoinwatchdog.events.RecordingReader.BrokenLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingReaderTest {
    private static final String PING = line(1, "[7,\"203.0.113.7:8333\",\"inbound\",\"ping\",8,\"0102030405060708\"]");
    private static final String FLUSH = line(2, "[1651,4,0,262240,false]");

    private final List<BrokenLine> broken = new ArrayList<>();

    @Test
    void readsPlainLines() {
        assertThat(read(PING + "\n" + FLUSH + "\n")).containsExactly(
                new RecordedCall(1, "n", "a:b", List.of(7L, "203.0.113.7:8333", "inbound", "ping", 8L, "0102030405060708")),
                new RecordedCall(2, "n", "a:b", List.of(1651L, 4L, 0L, 262240L, false)));
        assertThat(broken).isEmpty();
    }

    @Test
    void readsGzipByItsContent(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("no-extension"), gzip(PING + "\n" + FLUSH + "\n"));
        try (RecordingReader reader = RecordingReader.open(file, broken::add)) {
            assertThat(reader).toIterable().hasSize(2);
            assertThat(reader.lines()).isEqualTo(2);
        }
    }

    @Test
    void readsGzipFilesThatWereJoined() throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(gzip(PING + "\n"));
        joined.write(gzip(FLUSH + "\n"));
        assertThat(read(new ByteArrayInputStream(joined.toByteArray()))).hasSize(2);
    }

    @Test
    void readsALastLineWithoutItsEnd() {
        assertThat(read(PING + "\r\n\n  \n" + FLUSH)).hasSize(2);
        assertThat(broken).isEmpty();
    }

    @Test
    void findsNothingInAnEmptyFile() {
        assertThat(read("")).isEmpty();
        assertThat(broken).isEmpty();
    }

    @Test
    void takesMembersInAnyOrderAndPassesOverUnknownOnes() {
        String line = "{\"args\":[],\"new\":{\"a\":[1,{}]},\"tracepoint\":\"a:b\",\"node\":\"n\",\"time_ns\":3}";
        assertThat(read(line)).containsExactly(new RecordedCall(3, "n", "a:b", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "x",
        "[]",
        "null",
        "{",
        "{}",
        "{\"time_ns\":1,\"node\":\"n\",\"tracepoint\":\"a:b\"}",
        "{\"time_ns\":1,\"node\":\"n\",\"tracepoint\":\"a:b\",\"args\":[}",
        "{\"time_ns\":1,\"node\":\"n\",\"tracepoint\":\"a:b\",\"args\":[1.5]}",
        "{\"time_ns\":1,\"node\":\"n\",\"tracepoint\":\"a:b\",\"args\":[null]}",
        "{\"time_ns\":1,\"node\":\"n\",\"tracepoint\":\"a:b\",\"args\":[[]]}",
        "{\"time_ns\":1,\"node\":\"n\",\"tracepoint\":\"a:b\",\"args\":[9223372036854775808]}",
        "{\"time_ns\":1,\"node\":\"n\",\"tracepoint\":\"a:b\",\"args\":[1,2,3,4,5,6,7,8,9,10,11,12,13]}",
        "{\"time_ns\":1,\"node\":\"n\",\"tracepoint\":\"a:b\",\"args\":{}}",
        "{\"time_ns\":1,\"node\":\"n\",\"tracepoint\":\"a:b\",\"args\":[],\"args\":[]}",
        "{\"time_ns\":1,\"time_ns\":1,\"node\":\"n\",\"tracepoint\":\"a:b\",\"args\":[]}",
        "{\"time_ns\":-1,\"node\":\"n\",\"tracepoint\":\"a:b\",\"args\":[]}",
        "{\"time_ns\":1e3,\"node\":\"n\",\"tracepoint\":\"a:b\",\"args\":[]}",
        "{\"time_ns\":99999999999999999999,\"node\":\"n\",\"tracepoint\":\"a:b\",\"args\":[]}",
        "{\"time_ns\":\"1\",\"node\":\"n\",\"tracepoint\":\"a:b\",\"args\":[]}",
        "{\"time_ns\":1,\"node\":\"\",\"tracepoint\":\"a:b\",\"args\":[]}",
        "{\"time_ns\":1,\"node\":7,\"tracepoint\":\"a:b\",\"args\":[]}",
        "{\"time_ns\":1,\"node\":\"n\",\"tracepoint\":null,\"args\":[]}",
        "{\"time_ns\":1,\"node\":\"n\",\"node\":\"n\",\"tracepoint\":\"a:b\",\"args\":[]}",
        "{\"time_ns\":1,\"node\":\"n\",\"tracepoint\":\"a:b\",\"args\":[]}{}",
        "{\"time_ns\":1,\"node\":\"n\",\"tracepoint\":\"a:b\",\"args\":[]} x",
    })
    void skipsABrokenLineAndNothingElse(String line) {
        assertThat(read(PING + "\n" + line + "\n" + FLUSH + "\n")).extracting(RecordedCall::timeNs).containsExactly(1L, 2L);
        assertThat(broken).hasSize(1);
        assertThat(broken.get(0).line()).isEqualTo(2);
        assertThat(broken.get(0).reason()).isNotBlank();
    }

    @Test
    void skipsALineThatIsNoUtf8() {
        byte[] bytes = (PING + "\n" + PING.replace("inbound", "\u00ff") + "\n" + FLUSH + "\n").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(new ByteArrayInputStream(bytes))).hasSize(2);
        assertThat(broken).extracting(BrokenLine::line).containsExactly(2L);
    }

    @Test
    void neverRepeatsABrokenLinesContent() {
        read("{\"time_ns\":secret-token}\n\"secret-token\"\nsecret-token\n");
        assertThat(broken).hasSize(3).noneMatch(line -> line.toString().contains("secret"));
    }

    @Test
    void readsALineUpToTheLimitAndSkipsALongerOne() {
        String fits = line(5, "[\"" + "a".repeat(LineReader.MAX_LINE_BYTES - line(5, "[\"\"]").length()) + "\"]");
        String tooLong = line(6, "[\"" + "a".repeat(LineReader.MAX_LINE_BYTES) + "\"]");
        assertThat(read(fits + "\n" + tooLong + "\n" + FLUSH + "\n"))
                .extracting(RecordedCall::timeNs).containsExactly(5L, 2L);
        assertThat(broken).extracting(BrokenLine::line).containsExactly(2L);
    }

    @Test
    void anEndlessLineTakesNoMoreMemoryThanTheLimit() throws IOException {
        LineReader lines = new LineReader(endless(512L << 20));
        assertThat(lines.next()).isTrue();
        assertThat(lines.tooLong()).isTrue();
        assertThat(lines.bytes().length).isLessThanOrEqualTo(2 * LineReader.MAX_LINE_BYTES);
    }

    @Test
    void aGzipBombIsOneBrokenLine() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            endless(64L << 20).transferTo(out);
            out.write(("\n" + FLUSH).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(read(new ByteArrayInputStream(bomb.toByteArray()))).hasSize(1);
        assertThat(broken).hasSize(1);
    }

    @Test
    void aGzipFileThatWasCutEndsWithACountedErrorAfterAllThatCouldBeRead() throws IOException {
        byte[] whole = gzip((PING + "\n").repeat(50_000));
        for (int length : new int[] {whole.length - 1, whole.length - 9, whole.length / 2, 11}) {
            broken.clear();
            List<RecordedCall> calls = read(new ByteArrayInputStream(Arrays.copyOf(whole, length)));
            assertThat(broken).extracting(BrokenLine::reason).containsExactly("the gzip file ends too early here");
            if (length > whole.length - 2) {
                assertThat(calls).hasSize(50_000);
            } else if (length > 11) {
                assertThat(calls).hasSizeGreaterThan(10_000);
            }
        }
    }

    @Test
    void aGzipFileThatIsDamagedEndsWithACountedError() throws IOException {
        byte[] gzip = gzip((PING + "\n" + FLUSH + "\n").repeat(50_000));
        Arrays.fill(gzip, gzip.length / 2, gzip.length / 2 + 64, (byte) 0xff);
        assertThat(read(new ByteArrayInputStream(gzip))).isNotEmpty();
        assertThat(broken.get(broken.size() - 1).reason()).startsWith("the gzip file");
    }

    @Test
    void countsWhatItSkips() throws IOException {
        try (RecordingReader reader = new RecordingReader(bytes("x\n" + PING + "\ny\n"), broken::add)) {
            reader.forEachRemaining(call -> { });
            assertThat(reader.lines()).isEqualTo(3);
            assertThat(reader.broken()).isEqualTo(2);
        }
    }

    private List<RecordedCall> read(String text) {
        return read(bytes(text));
    }

    private List<RecordedCall> read(InputStream in) {
        List<RecordedCall> calls = new ArrayList<>();
        try (RecordingReader reader = new RecordingReader(in, broken::add)) {
            reader.forEachRemaining(calls::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return calls;
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String line(long timeNs, String args) {
        return "{\"time_ns\":" + timeNs + ",\"node\":\"n\",\"tracepoint\":\"a:b\",\"args\":" + args + "}";
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static InputStream endless(long bytes) {
        return new InputStream() {
            private long left = bytes;

            @Override
            public int read() {
                return left-- > 0 ? 'a' : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                int read = (int) Math.min(length, left);
                if (read <= 0) {
                    return -1;
                }
                Arrays.fill(into, offset, offset + read, (byte) 'a');
                left -= read;
                return read;
            }
        };
    }
}
