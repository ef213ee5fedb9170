package org.bitcoinwatchdog.agent.recording;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.bitcoinwatchdog.agent.p2p.WireBytes;
import org.bitcoinwatchdog.agent.record.RecordDecoder;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Decoded;
import org.bitcoinwatchdog.agent.recording.RecordWriter.BadCallException;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.RecordedCall;

/** Messages as a node received them, through the binary record with its caps and cuts. */
public final class Received {
    private static final RecordWriter WRITER = new RecordWriter();
    private static final RecordDecoder DECODER = new RecordDecoder("regtest");

    private Received() {
    }

    /** A message that was captured whole, up to the cap of its type. */
    public static Message whole(String type, byte[] payload) {
        return cut(type, payload, payload.length);
    }

    public static Message whole(String type, WireBytes payload) {
        return whole(type, payload.toBytes());
    }

    /** A message of that size whose capture was cut to the given bytes. */
    public static Message cut(String type, byte[] captured, long size) {
        return event("net:inbound_message", 7L, "203.0.113.7:8333", "inbound", type, size,
                HexFormat.of().formatHex(captured)).getInboundMessage();
    }

    public static NodeEvent event(String tracepoint, Object... args) {
        try {
            ByteBuffer record = WRITER.write(new RecordedCall(1, "n", tracepoint, List.of(args)));
            return ((Decoded) DECODER.decode(record, 0, record.limit(), 0)).event().build();
        } catch (BadCallException e) {
            throw new AssertionError(e);
        }
    }
}
