package org.bitcoinwatchdog.deploy.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.Topics;
import org.junit.jupiter.api.Test;

class KnownNodesTest {
    private final KnownNodes nodes = new KnownNodes(Clock.systemUTC());

    private void take(byte[] value) {
        nodes.take(new ConsumerRecord<>(Topics.NODE_DIGESTS, 0, 0, new byte[0], value), false);
    }

    @Test
    void countsUnreadableDigestsAndKeepsTheOthers() {
        take(NodeDigest.newBuilder().setNode("alice").setNetwork("main").build().toByteArray());
        take(new byte[] {(byte) 0xff});
        take("no digest".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(nodes.with(List.of())).containsOnlyKeys("alice");
        assertThat(nodes.unreadable()).isEqualTo(2);
        assertThat(KnownNodes.skipped(2)).contains("2 unreadable records", Topics.NODE_DIGESTS);
    }
}
