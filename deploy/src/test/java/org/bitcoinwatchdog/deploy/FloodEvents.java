package org.bitcoinwatchdog.deploy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.agent.recording.RecordedEvents;
import org.bitcoinwatchdog.events.RecordedCall;
import org.bitcoinwatchdog.events.Recordings;

/** The events of the recorded address flood. */
public final class FloodEvents {
    private FloodEvents() {
    }

    /** Shifted so that the recording ends now: the topic drops events older than a day. */
    public static List<byte[]> upToNow() throws IOException {
        List<RecordedCall> calls = new ArrayList<>();
        try (var recording = Recordings.open(Recordings.ADDRESS_FLOOD, broken -> { })) {
            recording.forEachRemaining(calls::add);
        }
        long shiftNs = Instant.now().toEpochMilli() * 1_000_000 - calls.get(calls.size() - 1).timeNs();
        RecordedEvents events = new RecordedEvents(calls.stream()
                .map(call -> new RecordedCall(call.timeNs() + shiftNs, call.node(), call.tracepoint(), call.args()))
                .iterator(), "regtest", skipped -> { });
        List<byte[]> bytes = new ArrayList<>();
        events.forEachRemaining(event -> bytes.add(event.toByteArray()));
        return bytes;
    }
}
