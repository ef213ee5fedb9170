package org.bitcoinwatchdog.deploy.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.bitcoinwatchdog.events.RecordedCall;

/**
 * Makes the recording of the split of August 2026 from the headers of the branch. The branch's headers and their times are real.
 * The blocks of the other side have made-up hashes, one each ten minutes. No other traffic is in it.
 */
final class SplitRecording {
    static final int FORK = 961_631;
    static final String CORE = "core";
    static final String KNOTS = "knots";
    private static final Instant BEGIN = Instant.parse("2026-08-08T17:00:00Z");
    private static final Instant FORKED = Instant.parse("2026-08-08T20:02:00Z");
    private static final Instant END = Instant.parse("2026-08-12T07:00:00Z");
    private static final Duration BLOCK = Duration.ofMinutes(10);
    private static final int BEFORE = 18;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final String PEER = "203.0.113.7:8333";
    private static final String AGENT = "/Satoshi:29.3.0/Knots:20260508/";

    private final List<byte[]> headers;
    private final List<RecordedCall> calls = new ArrayList<>();

    private SplitRecording(List<byte[]> headers) {
        this.headers = headers;
    }

    /** @param file height, hash, header; the newest block first */
    static List<RecordedCall> of(Path file) throws IOException {
        List<byte[]> headers = new ArrayList<>();
        List<byte[]> hashes = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split(",");
            headers.add(0, HexFormat.of().parseHex(fields[2]));
            hashes.add(0, HexFormat.of().parseHex(fields[1]));
        }
        return new SplitRecording(headers).calls(hashes);
    }

    private List<RecordedCall> calls(List<byte[]> hashes) {
        for (String node : List.of(CORE, KNOTS)) {
            call(BEGIN, node, "net:inbound_connection", 1L, PEER, "inbound", 1L, 1L);
            call(BEGIN.plusMillis(200), node, "net:inbound_message", 1L, PEER, "inbound", "version", (long) version().length, hex(version()));
            for (int i = BEFORE; i > 0; i--) {
                connects(FORKED.minus(BLOCK.multipliedBy(i)), node, madeUp(FORK - i), FORK - i);
            }
            connects(FORKED, node, hex(parent()), FORK);
        }
        int height = FORK;
        for (Instant at = FORKED.plus(BLOCK); at.isBefore(END); at = at.plus(BLOCK)) {
            connects(at, CORE, madeUp(++height), height);
        }
        for (int i = 0; i < headers.size() && found(i).isBefore(END); i++) {
            connects(found(i), KNOTS, hex(reversed(hashes.get(i))), FORK + 1 + i);
            byte[] payload = ByteBuffer.allocate(82).put((byte) 1).put(headers.get(i)).array();
            call(found(i).plusSeconds(2), CORE, "net:inbound_message", 1L, PEER, "inbound", "headers", (long) payload.length, hex(payload));
        }
        calls.sort(Comparator.comparingLong(RecordedCall::timeNs));
        return calls;
    }

    private byte[] parent() {
        byte[] parent = new byte[32];
        System.arraycopy(headers.get(0), 4, parent, 0, parent.length);
        return parent;
    }

    private Instant found(int block) {
        return Instant.ofEpochSecond(ByteBuffer.wrap(headers.get(block)).order(ByteOrder.LITTLE_ENDIAN).getInt(68));
    }

    private void connects(Instant at, String node, String hash, int height) {
        call(at, node, "validation:block_connected", hash, (long) height, 3_000L, 7_000L, 15_000L, 80_000_000L);
    }

    private void call(Instant at, String node, String tracepoint, Object... args) {
        calls.add(new RecordedCall(at.getEpochSecond() * NS_PER_S + at.getNano(), node, tracepoint, List.of(args)));
    }

    private static String madeUp(int height) {
        return hex(ByteBuffer.allocate(32).putInt(height).array());
    }

    private static byte[] version() {
        byte[] agent = AGENT.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(86 + agent.length).order(ByteOrder.LITTLE_ENDIAN).putInt(70_016).putLong(3_081).putLong(BEGIN.getEpochSecond())
                .put(new byte[60]).put((byte) agent.length).put(agent).putInt(FORK - BEFORE).put((byte) 1).array();
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
