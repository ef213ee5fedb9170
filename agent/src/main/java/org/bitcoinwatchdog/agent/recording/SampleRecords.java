package org.bitcoinwatchdog.agent.recording;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.agent.recording.RecordWriter.BadCallException;
import org.bitcoinwatchdog.events.RecordedCall;

/** Made-up records of the most frequent messages, in the kernel's format, for a rehearsal. */
public final class SampleRecords {
    private static final String HASH = "5a".repeat(32);

    private SampleRecords() {
    }

    /** Each record goes from 0 to its buffer's limit. */
    public static List<ByteBuffer> all() {
        RecordWriter writer = new RecordWriter();
        List<ByteBuffer> records = new ArrayList<>();
        for (String tracepoint : new String[] {"net:inbound_message", "net:outbound_message"}) {
            records.add(message(writer, tracepoint, "inv", "02" + ("05000000" + HASH).repeat(2)));
            records.add(message(writer, tracepoint, "getdata", "01" + "01000040" + HASH));
            records.add(message(writer, tracepoint, "tx", "5a".repeat(200)));
            records.add(message(writer, tracepoint, "ping", "0102030405060708"));
            records.add(message(writer, tracepoint, "pong", "0102030405060708"));
            records.add(message(writer, tracepoint, "addrv2", "01" + "00000060" + "fd0904" + "01" + "04cb007107" + "208d"));
            records.add(message(writer, tracepoint, "addr",
                    "01" + "00000060" + "0904000000000000" + "00".repeat(10) + "ffffcb007107" + "208d"));
            records.add(message(writer, tracepoint, "headers", "01" + "00000020" + HASH + HASH + "000000605f3502175a5a5a5a" + "00"));
            records.add(message(writer, tracepoint, "feefilter", "e803000000000000"));
        }
        records.add(record(writer, "mempool:added", HASH, 200L, 1_000L));
        records.add(record(writer, "mempool:removed", HASH, "block", 200L, 1_000L, 1L));
        return records;
    }

    private static ByteBuffer message(RecordWriter writer, String tracepoint, String type, String payload) {
        return record(writer, tracepoint, 7L, "203.0.113.7:8333", "inbound", type, payload.length() / 2L, payload);
    }

    private static ByteBuffer record(RecordWriter writer, String tracepoint, Object... args) {
        try {
            ByteBuffer written = writer.write(new RecordedCall(1, "sample", tracepoint, List.of(args)));
            return ByteBuffer.allocateDirect(written.limit()).put(written.rewind()).flip();
        } catch (BadCallException e) {
            throw new IllegalStateException("a sample of " + tracepoint + " is not a call", e);
        }
    }
}
