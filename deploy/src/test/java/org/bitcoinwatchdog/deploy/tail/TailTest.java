package org.bitcoinwatchdog.deploy.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Topics;
import org.bitcoinwatchdog.events.follow.Start;
import org.bitcoinwatchdog.events.follow.TopicFollower;
import org.junit.jupiter.api.Test;

class TailTest {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.NODE_EVENTS, 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
    private final List<String> shown = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();

    @Test
    void reportsRecordsThatAreNotEventsAndGoesOn() {
        consumer.updatePartitions(Topics.NODE_EVENTS, List.of(new PartitionInfo(Topics.NODE_EVENTS, 0, null, null, null)));
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        try (Tail tail = new Tail(TopicFollower.open(consumer, Topics.NODE_EVENTS, Start.now()),
                new EventFilter(Set.of(), Set.of("heartbeat"), Set.of()), false, shown::add, gaps::add)) {
            add(0, null);
            add(1, new byte[] {(byte) 0xff, 1, 2});
            add(2, NodeEvent.newBuilder().setNode("alice").setEpoch(1).setHeartbeat(Heartbeat.newBuilder()).build().toByteArray());
            int[] polls = {0};
            tail.run(() -> polls[0]++ < 3);
        }
        assertThat(gaps).hasSize(2).allMatch(gap -> gap.startsWith("UNREADABLE"));
        assertThat(shown).singleElement().asString().contains("alice");
    }

    private void add(long offset, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(Topics.NODE_EVENTS, 0, offset, null, value));
    }
}
