package org.bitcoinwatchdog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitcoinwatchdog.agent.discovery.NodeSettings;
import org.bitcoinwatchdog.agent.kernel.TracingAssumption;
import org.bitcoinwatchdog.agent.recording.RecordedEvents;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEvent.BodyCase;
import org.bitcoinwatchdog.events.NodeStopped;
import org.bitcoinwatchdog.events.RecordingReader;
import org.bitcoinwatchdog.events.Recordings;
import org.bitcoinwatchdog.events.TracepointStatus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From real probes of a real process through the kernel to events, compared with the recording that the process plays.
 */
class TracingIT {
    private static final Set<BodyCase> OWN_BODIES =
            Set.of(BodyCase.HEARTBEAT, BodyCase.NODE_STARTED, BodyCase.NODE_STOPPED, BodyCase.LOSS);

    @TempDir
    private Path directory;

    @BeforeAll
    static void mayTrace() {
        TracingAssumption.check();
    }

    /** All recordings in one process, more than 50,000 calls, as fast as possible. */
    @Test
    void everyCallOfEveryRecordingBecomesItsEventInOrder() throws Exception {
        List<Path> files = new ArrayList<>();
        List<NodeEvent> expected = new ArrayList<>();
        for (String recording : Recordings.NAMES) {
            files.add(Player.recording(recording, directory));
            calls(recording).forEach(event -> expected.add(bodyOnly(event)));
        }
        try (Player player = Player.in(directory);
                TracedHost host = TracedHost.of(NodeSettings.running(player.executable(), "alice", "regtest"))) {
            player.play(files);
            assertThat(player.await()).isZero();
            host.events().await(0, NodeEvent::hasNodeStopped);
            isComplete(host.events(), "alice", expected);
        }
    }

    /** Four nodes of one host are four processes at once. */
    @Test
    void nodesOfOneHostAreKeptApart() throws Exception {
        Map<String, List<NodeEvent>> expected = new LinkedHashMap<>();
        calls(Recordings.FLEET_NORMAL).forEach(event ->
                expected.computeIfAbsent(event.getNode(), node -> new ArrayList<>()).add(bodyOnly(event)));
        Path file = Player.recording(Recordings.FLEET_NORMAL, directory);
        Map<String, Player> players = new LinkedHashMap<>();
        for (String node : expected.keySet()) {
            players.put(node, Player.in(Files.createDirectory(directory.resolve(node))));
        }
        NodeSettings[] nodes = players.entrySet().stream()
                .map(entry -> NodeSettings.running(entry.getValue().executable(), entry.getKey(), "regtest"))
                .toArray(NodeSettings[]::new);
        try (TracedHost host = TracedHost.of(nodes)) {
            for (Map.Entry<String, Player> entry : players.entrySet()) {
                entry.getValue().play(List.of(file), "--node", entry.getKey());
            }
            for (Map.Entry<String, Player> entry : players.entrySet()) {
                assertThat(entry.getValue().await()).isZero();
                host.events().await(0, event -> event.getNode().equals(entry.getKey()) && event.hasNodeStopped());
            }
            expected.forEach((node, events) -> isComplete(host.events(), node, events));
        } finally {
            for (Player player : players.values()) {
                player.close();
            }
        }
    }

    private static void isComplete(CollectedEvents collected, String node, List<NodeEvent> expected) {
        List<NodeEvent> events = collected.of(node);
        assertThat(events).first().matches(NodeEvent::hasNodeStarted);
        assertThat(events).last().extracting(event -> event.getNodeStopped().getCause())
                .isEqualTo(NodeStopped.Cause.CAUSE_PROCESS_ENDED);
        assertThat(events).extracting(NodeEvent::getNetwork).containsOnly("regtest");
        assertThat(events).extracting(NodeEvent::getEpoch).containsOnly(events.get(0).getEpoch());
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).getSequence()).isEqualTo(i);
        }
        List<NodeEvent> traced = events.stream()
                .filter(event -> !OWN_BODIES.contains(event.getBodyCase()))
                .map(TracingIT::bodyOnly)
                .toList();
        assertThat(traced).hasSameSizeAs(expected);
        for (int i = 0; i < traced.size(); i++) {
            assertThat(traced.get(i)).as("event %d of %s", i, node).isEqualTo(expected.get(i));
        }
        long captured = 0;
        for (TracepointStatus status : collected.last(node, BodyCase.HEARTBEAT).getHeartbeat().getTracepointsList()) {
            assertThat(status.getFired()).isEqualTo(status.getCaptured());
            assertThat(status.getDropped()).isZero();
            assertThat(status.getUndecodable()).isZero();
            captured += status.getCaptured();
        }
        assertThat(captured).isEqualTo(expected.size());
    }

    private static List<NodeEvent> calls(String recording) throws IOException {
        List<NodeEvent> expected = new ArrayList<>();
        try (RecordingReader calls = Recordings.open(recording, broken -> {
            throw new AssertionError(broken);
        })) {
            RecordedEvents events = new RecordedEvents(calls, "regtest", skipped -> {
                throw new AssertionError(skipped);
            });
            events.forEachRemaining(event -> {
                if (!OWN_BODIES.contains(event.getBodyCase())) {
                    expected.add(event);
                }
            });
        }
        return expected;
    }

    private static NodeEvent bodyOnly(NodeEvent event) {
        return event.toBuilder().clearNode().clearNetwork().clearEpoch().clearSequence().clearObservedAtNs().build();
    }
}
