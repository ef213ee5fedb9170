package org.bitcoinwatchdog.deploy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitcoinwatchdog.agent.recording.RecordedEvents;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEvent.BodyCase;
import org.bitcoinwatchdog.events.RecordingReader;
import org.bitcoinwatchdog.events.Recordings;
import org.bitcoinwatchdog.events.TracepointStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A build of bitcoind that lacks a tracepoint raises only AgentBlind. Without it, rules fire less often, never more
 * often.
 */
class MissingTracepointsReplayTest {
    private static final long SECOND_NS = 1_000_000_000L;
    /** After the recording only heartbeats come, so that rules judge their final state. */
    private static final long AFTERWARDS_NS = 40 * 60 * SECOND_NS;

    private enum Tracepoint {
        INBOUND_MESSAGE("net:inbound_message", BodyCase.INBOUND_MESSAGE),
        OUTBOUND_MESSAGE("net:outbound_message", BodyCase.OUTBOUND_MESSAGE),
        INBOUND_CONNECTION("net:inbound_connection", BodyCase.INBOUND_CONNECTION),
        OUTBOUND_CONNECTION("net:outbound_connection", BodyCase.OUTBOUND_CONNECTION),
        EVICTED("net:evicted_inbound_connection", BodyCase.EVICTED_INBOUND_CONNECTION),
        CLOSED("net:closed_connection", BodyCase.CLOSED_CONNECTION),
        MISBEHAVING("net:misbehaving_connection", BodyCase.MISBEHAVING_CONNECTION),
        BLOCK_CONNECTED("validation:block_connected", BodyCase.BLOCK_CONNECTED),
        MEMPOOL_ADDED("mempool:added", BodyCase.MEMPOOL_ADDED),
        MEMPOOL_REMOVED("mempool:removed", BodyCase.MEMPOOL_REMOVED),
        FLUSH("utxocache:flush", BodyCase.UTXO_CACHE_FLUSH);

        private final String tracepoint;
        private final BodyCase body;

        Tracepoint(String tracepoint, BodyCase body) {
            this.tracepoint = tracepoint;
            this.body = body;
        }
    }

    private final List<Alert> alerts = new ArrayList<>();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts::add);
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, Long> beatenAtNs = new HashMap<>();

    @ParameterizedTest
    @EnumSource(Tracepoint.class)
    void raisesNothingElse(Tracepoint missing) throws IOException {
        play(Set.of(missing));
    }

    @ParameterizedTest
    @EnumSource(value = Tracepoint.class, names = "CLOSED")
    void norDoesABitcoindBeforeVersion29(Tracepoint closed) throws IOException {
        play(Set.of(closed, Tracepoint.INBOUND_CONNECTION, Tracepoint.OUTBOUND_CONNECTION, Tracepoint.EVICTED, Tracepoint.MISBEHAVING));
    }

    private void play(Set<Tracepoint> missing) throws IOException {
        List<NodeEvent> recorded = new ArrayList<>();
        try (RecordingReader reader = Recordings.open(Recordings.FLEET_NORMAL, broken -> { })) {
            new RecordedEvents(reader, "main", skipped -> { }).forEachRemaining(recorded::add);
        }
        for (NodeEvent event : recorded) {
            beat(event.getNode(), event.getObservedAtNs(), missing);
            if (missing.stream().noneMatch(each -> each.body == event.getBodyCase())) {
                on(event.toBuilder(), event.getObservedAtNs());
            }
        }
        long endNs = recorded.get(recorded.size() - 1).getObservedAtNs();
        for (long atNs = endNs; atNs < endNs + AFTERWARDS_NS; atNs += SECOND_NS) {
            for (String node : List.copyOf(beatenAtNs.keySet())) {
                beat(node, atNs, missing);
            }
        }

        assertThat(alerts).extracting(alert -> alert.labels().get(Alert.ALERTNAME)).isSubsetOf("AgentBlind");
    }

    private void beat(String node, long atNs, Set<Tracepoint> missing) {
        for (long next = beatenAtNs.getOrDefault(node, atNs); next <= atNs; next += SECOND_NS) {
            Heartbeat.Builder beat = Heartbeat.newBuilder();
            for (Tracepoint each : Tracepoint.values()) {
                beat.addTracepoints(TracepointStatus.newBuilder().setTracepoint(each.tracepoint).setAttached(!missing.contains(each)));
            }
            on(NodeEvent.newBuilder().setNode(node).setNetwork("main").setHeartbeat(beat), next);
            beatenAtNs.put(node, next + SECOND_NS);
        }
    }

    private void on(NodeEvent.Builder event, long atNs) {
        detection.on(event.setEpoch(1).setSequence(sequences.merge(event.getNode(), 1L, Long::sum)).setObservedAtNs(atNs).build());
    }
}
