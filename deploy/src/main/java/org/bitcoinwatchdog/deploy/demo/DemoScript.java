package org.bitcoinwatchdog.deploy.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.events.RecordedCall;
import org.bitcoinwatchdog.events.RecordingReader;
import org.bitcoinwatchdog.events.RecordingWriter;
import org.bitcoinwatchdog.events.Recordings;

/**
 * What the demo plays: the flooded node's calls of the recording {@code addr_flood_dev}, the flood at the pace at which
 * it happened, the minute and a half of ordinary traffic around it twenty times faster.
 *
 * @param calls         in order of time, from time 0 on
 * @param floodPeers    ids of the peers that flood
 * @param floodMessages how many messages with addresses they send
 */
record DemoScript(String node, List<RecordedCall> calls, Set<Long> floodPeers, long floodMessages) {
    private static final String FLOODED_NODE = "node-0";
    private static final String INBOUND_MESSAGE = "net:inbound_message";
    private static final int ORDINARY_SPEED = 20;
    private static final Duration MARGIN = Duration.ofMillis(500);
    private static final int PAYLOAD = 5;
    /** The number of entries, 10 in every message of the flood. */
    private static final int COUNT_BYTES = 1;
    private static final int ENTRY_BYTES = 30;
    /** An honest peer sends a handful in the whole recording, a flooding one 500. */
    private static final int MESSAGES_OF_A_FLOOD = 100;

    /** @param begins when it is played: the times of the flood's entries are as far in the future then as they were */
    static DemoScript load(Instant begins) throws IOException {
        List<RecordedCall> recorded = new ArrayList<>();
        try (RecordingReader reader = Recordings.open(Recordings.ADDRESS_FLOOD, DemoScript::refuse)) {
            reader.forEachRemaining(call -> {
                if (call.node().equals(FLOODED_NODE)) {
                    recorded.add(call);
                }
            });
        }
        Map<Long, Long> messages = recorded.stream()
                .filter(DemoScript::bringsAddresses)
                .collect(Collectors.groupingBy(DemoScript::peer, Collectors.counting()));
        Set<Long> floodPeers = messages.entrySet().stream()
                .filter(entry -> entry.getValue() >= MESSAGES_OF_A_FLOOD)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        Predicate<RecordedCall> flood = call -> bringsAddresses(call) && floodPeers.contains(peer(call));
        long fromNs = recorded.stream().filter(flood).mapToLong(RecordedCall::timeNs).min().orElseThrow();
        long toNs = recorded.stream().filter(flood).mapToLong(RecordedCall::timeNs).max().orElseThrow();
        Pace pace = new Pace(recorded.get(0).timeNs(), fromNs - MARGIN.toNanos(), toNs + MARGIN.toNanos());
        List<RecordedCall> calls = recorded.stream()
                .map(call -> {
                    long playedNs = pace.played(call.timeNs());
                    long laterS = begins.plusNanos(playedNs).getEpochSecond() - Duration.ofNanos(call.timeNs()).toSeconds();
                    return new RecordedCall(playedNs, call.node(), call.tracepoint(), flood.test(call) ? later(call.args(), laterS) : call.args());
                })
                .toList();
        return new DemoScript(FLOODED_NODE, calls, floodPeers, recorded.stream().filter(flood).count());
    }

    /** The same addr message with entries whose times are later by that much. An entry has 30 bytes, its time first (BIP 155). */
    private static List<Object> later(List<Object> args, long seconds) {
        ByteBuffer payload = ByteBuffer.wrap(HexFormat.of().parseHex((String) args.get(PAYLOAD))).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = COUNT_BYTES; at + ENTRY_BYTES <= payload.capacity(); at += ENTRY_BYTES) {
            payload.putInt(at, (int) (payload.getInt(at) + seconds));
        }
        List<Object> shifted = new ArrayList<>(args);
        shifted.set(PAYLOAD, HexFormat.of().formatHex(payload.array()));
        return shifted;
    }

    /** For tracepoint-player. */
    void write(Path file) throws IOException {
        try (RecordingWriter writer = RecordingWriter.create(file)) {
            for (RecordedCall call : calls) {
                writer.write(call);
            }
        }
    }

    Duration length() {
        return Duration.ofNanos(calls.get(calls.size() - 1).timeNs());
    }

    /** Recorded time to played time; true to the clock from {@code fromNs} to {@code toNs}. */
    private record Pace(long startNs, long fromNs, long toNs) {
        long played(long recordedNs) {
            long before = Math.min(recordedNs, fromNs) - startNs;
            long within = Math.max(0, Math.min(recordedNs, toNs) - fromNs);
            long after = Math.max(0, recordedNs - toNs);
            return before / ORDINARY_SPEED + within + after / ORDINARY_SPEED;
        }
    }

    private static boolean bringsAddresses(RecordedCall call) {
        return call.tracepoint().equals(INBOUND_MESSAGE) && call.args().get(3) instanceof String type
                && (type.equals("addr") || type.equals("addrv2"));
    }

    private static long peer(RecordedCall call) {
        return (Long) call.args().get(0);
    }

    private static void refuse(Object broken) {
        throw new IllegalStateException("the shipped recording is damaged: " + broken);
    }
}
