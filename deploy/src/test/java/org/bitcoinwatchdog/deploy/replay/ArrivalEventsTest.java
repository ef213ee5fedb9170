package org.bitcoinwatchdog.deploy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.events.BlockArrivals;
import org.bitcoinwatchdog.events.NodeEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalEventsTest {
    private static final String HASH = "00".repeat(31) + "a";

    @TempDir
    private Path folder;

    private BlockArrivals read(String text) throws IOException {
        return BlockArrivals.read(Files.writeString(folder.resolve("carol.csv"), text), problem -> { });
    }

    private static String line(int height, int tail, long ms) {
        return height + "," + HASH + tail + "," + ms + "\n";
    }

    @Test
    void heartbeatsFillTheTimeBetweenBlocksButNotWhereHeightsAreMissing() throws IOException {
        List<NodeEvent> events = new ArrayList<>();
        new ArrivalEvents(read(line(100, 0, 1_000_000) + line(101, 1, 1_100_000) + line(110, 2, 9_000_000)), "main")
                .forEachRemaining(events::add);

        assertThat(events).extracting(NodeEvent::getBodyCase).containsExactly(
                NodeEvent.BodyCase.NODE_STARTED, NodeEvent.BodyCase.BLOCK_CONNECTED,
                NodeEvent.BodyCase.HEARTBEAT, NodeEvent.BodyCase.HEARTBEAT, NodeEvent.BodyCase.HEARTBEAT,
                NodeEvent.BodyCase.BLOCK_CONNECTED, NodeEvent.BodyCase.NODE_STARTED, NodeEvent.BodyCase.BLOCK_CONNECTED);
        assertThat(events.get(5).getSequence()).isEqualTo(5);
        assertThat(events.get(6).getEpoch()).isEqualTo(Duration.ofSeconds(9_000).toNanos());
        assertThat(events.get(6).getSequence()).isZero();
    }
}
