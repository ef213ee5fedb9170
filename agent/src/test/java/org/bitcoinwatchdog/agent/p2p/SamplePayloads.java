package org.bitcoinwatchdog.agent.p2p;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bitcoinwatchdog.agent.recording.Received;
import org.bitcoinwatchdog.events.RecordedCall;
import org.bitcoinwatchdog.events.RecordingReader;
import org.bitcoinwatchdog.events.Recordings;

/** One real payload of every message type with a decoder: the longest one below 1,000 bytes in the recordings. */
final class SamplePayloads {
    static final Map<String, byte[]> BY_TYPE = read();

    private SamplePayloads() {
    }

    private static Map<String, byte[]> read() {
        PayloadDecoders decoders = new PayloadDecoders("regtest", 4096);
        Map<String, byte[]> samples = new LinkedHashMap<>();
        for (String name : Recordings.NAMES) {
            try (RecordingReader reader = Recordings.open(name, line -> { })) {
                while (reader.hasNext()) {
                    RecordedCall call = reader.next();
                    if (call.tracepoint().endsWith("_message") && decoders.of((String) call.args().get(3)) != null) {
                        sample(samples, call);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        // No node in the recordings sent these.
        samples.put("notfound", samples.get("inv"));
        samples.put("getblocks", samples.get("getheaders"));
        return samples;
    }

    private static void sample(Map<String, byte[]> samples, RecordedCall call) {
        byte[] payload = HexFormat.of().parseHex((String) call.args().get(5));
        boolean decodable = Received.whole((String) call.args().get(3), payload).getUndecodableValue() == 0;
        if (decodable && payload.length < 1_000) {
            samples.merge((String) call.args().get(3), payload,
                    (before, now) -> now.length > before.length ? now : before);
        }
    }

    /** The payload of that type, cut or padded with zeros. */
    static byte[] ofLength(String type, int length) {
        return Arrays.copyOf(BY_TYPE.get(type), length);
    }
}
