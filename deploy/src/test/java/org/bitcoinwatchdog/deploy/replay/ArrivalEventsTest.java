package org.bitcoinwatchdog.deploy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.events.BlockArrivals;
import org.bitcoinwatchdog.events.Network;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEvent.BodyCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalEventsTest {
    private static final long BEGIN_S = 1_700_000_000;

    @TempDir
    private Path folder;

    private List<NodeEvent> events(String... lines) throws IOException {
        Path file = Files.writeString(folder.resolve("carol.csv"), String.join("\n", lines));
        BlockArrivals node = BlockArrivals.read(file, Network.MAIN, problem -> { }).nodes().get(0);
        List<NodeEvent> events = new ArrayList<>();
        new ArrivalEvents(node, "main", Map.of(101, (BEGIN_S + 57) * 1_000_000_000L)).forEachRemaining(events::add);
        return events;
    }

    private static String block(int height, long second) {
        return height + "," + "%064x".formatted(height) + "," + (BEGIN_S + second) * 1_000;
    }

    @Test
    void heartbeatsFillTheTimeBetweenBlocksOneEachSecondWhileAnotherNodeIsAhead() throws IOException {
        List<NodeEvent> events = events(block(100, 0), block(101, 60));

        assertThat(events).extracting(event -> event.getObservedAtNs() / 1_000_000_000L - BEGIN_S)
                .containsExactly(0L, 0L, 30L, 57L, 58L, 59L, 60L);
        assertThat(events).extracting(NodeEvent::getSequence).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(events.subList(2, 6)).allMatch(NodeEvent::hasHeartbeat);
        assertThat(events.get(6).hasBlockConnected()).isTrue();
    }

    @Test
    void missingHeightsAreLostEventsOfALivingNode() throws IOException {
        List<NodeEvent> events = events(block(100, 0), block(103, 31));

        assertThat(events).extracting(NodeEvent::getBodyCase).containsExactly(BodyCase.NODE_STARTED, BodyCase.BLOCK_CONNECTED,
                BodyCase.HEARTBEAT, BodyCase.BLOCK_CONNECTED);
        assertThat(events).extracting(NodeEvent::getSequence).containsExactly(0L, 1L, 4L, 5L);
    }

    @Test
    void missingHoursAreNotFilledWithHeartbeatsAndTheAgentBeginsAnew() throws IOException {
        List<NodeEvent> events = events(block(100, 0), block(110, 9_000));

        assertThat(events).extracting(NodeEvent::getBodyCase).containsExactly(BodyCase.NODE_STARTED, BodyCase.BLOCK_CONNECTED,
                BodyCase.NODE_STARTED, BodyCase.BLOCK_CONNECTED);
        assertThat(events.get(2).getEpoch()).isGreaterThan(events.get(1).getEpoch());
        assertThat(events.get(2).getSequence()).isZero();
        assertThat(events.get(2).getNodeStarted().getPid()).isEqualTo(events.get(0).getNodeStarted().getPid());
    }
}
