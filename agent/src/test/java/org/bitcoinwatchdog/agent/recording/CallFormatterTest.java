package org.bitcoinwatchdog.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.agent.record.RecordLayout;
import org.bitcoinwatchdog.agent.recording.RecordWriter.BadCallException;
import org.bitcoinwatchdog.events.RecordedCall;
import org.bitcoinwatchdog.events.RecordingReader;
import org.bitcoinwatchdog.events.Recordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class CallFormatterTest {
    private static final String HASH = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private final RecordWriter writer = new RecordWriter();
    private final CallFormatter formatter = new CallFormatter();

    @ParameterizedTest
    @FieldSource("org.bitcoinwatchdog.events.Recordings#NAMES")
    void givesBackEveryCallOfTheRecordingsButForThePayloadThatTheKernelCuts(String name)
            throws IOException, BadCallException {
        try (RecordingReader reader = Recordings.open(name, line -> { })) {
            while (reader.hasNext()) {
                RecordedCall call = reader.next();
                assertThat(roundTrip(call)).contains(cut(call));
            }
        }
    }

    /** Calls of the tracepoints that no recording has. */
    static List<RecordedCall> rareCalls() {
        return List.of(
                call("utxocache:add", HASH, 4294967295L, 900_000L, 5_000_000_000L, true),
                call("utxocache:spent", HASH, 1L, 2L, 3L, false),
                call("utxocache:uncache", HASH, 1L, 2L, -3L, false),
                call("coin_selection:selected_coins", "w\u001b\u00fc", "bnb", 1L, -2L, 3L),
                call("coin_selection:normal_create_tx_internal", "w", true, 5L, -1L),
                call("coin_selection:attempting_aps_create_tx", ""),
                call("coin_selection:aps_create_tx_internal", "w", true, false, 5L, 2L),
                call("addrman:attempt_add", false, 1L, 2L, "a:1", 4294967295L, "s", 4L),
                call("addrman:move_to_good", 1L, 2L, "a:1", 3L, "s", 4L));
    }

    @ParameterizedTest
    @MethodSource("rareCalls")
    void givesBackEveryCallThatNoRecordingHas(RecordedCall call) throws BadCallException {
        assertThat(roundTrip(call)).contains(call);
    }

    @Test
    void givesNothingForAMalformedRecord() {
        assertThat(formatter.format(ByteBuffer.allocate(512), 0, 512, 0, "n")).isEmpty();
        assertThat(formatter.format(ByteBuffer.allocate(512), 0, 3, 0, "n")).isEmpty();
    }

    private Optional<RecordedCall> roundTrip(RecordedCall call) throws BadCallException {
        ByteBuffer record = writer.write(call);
        return formatter.format(record, 0, record.limit(), 0, call.node());
    }

    private static RecordedCall cut(RecordedCall call) {
        if (!call.tracepoint().endsWith("_message")) {
            return call;
        }
        List<Object> args = new ArrayList<>(call.args());
        String payload = (String) args.get(5);
        args.set(5, payload.substring(0, Math.min(payload.length(), 2 * RecordLayout.payloadCap((String) args.get(3)))));
        return new RecordedCall(call.timeNs(), call.node(), call.tracepoint(), args);
    }

    private static RecordedCall call(String tracepoint, Object... args) {
        return new RecordedCall(1, "n", tracepoint, List.of(args));
    }
}
