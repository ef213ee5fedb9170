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
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Topics;
import org.bitcoinwatchdog.events.follow.Start;
import org.bitcoinwatchdog.events.follow.TopicFollower;
import org.bitcoinwatchdog.testing.HostileRecords;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any record becomes a line or a gap, no line contains control characters for the terminal, and the next record is
 * shown.
 */
@Timeout(60)
class HostileRecordsTest {
    private static final int RECORDS = 5_000;
    private static final TopicPartition PARTITION = new TopicPartition(Topics.NODE_EVENTS, 0);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void showsWhatCanBeShownAndGoesOn(boolean json) {
        HostileRecords hostile = new HostileRecords(20_261_128);
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
        consumer.updatePartitions(Topics.NODE_EVENTS, List.of(new PartitionInfo(Topics.NODE_EVENTS, 0, null, null, null)));
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        List<String> shown = new ArrayList<>();
        List<String> gaps = new ArrayList<>();
        try (Tail tail = new Tail(TopicFollower.open(consumer, Topics.NODE_EVENTS, Start.now()),
                new EventFilter(Set.of(), Set.of(), Set.of()), json, shown::add, gaps::add)) {
            for (int i = 0; i < RECORDS; i++) {
                HostileRecords.Raw record = hostile.next(NodeEvent.getDefaultInstance());
                consumer.addRecord(new ConsumerRecord<>(Topics.NODE_EVENTS, 0, i,
                        record.key(), record.value()));
            }
            consumer.addRecord(new ConsumerRecord<>(Topics.NODE_EVENTS, 0, RECORDS, null, NodeEvent.newBuilder()
                    .setNode(HostileRecords.GOOD_NODE).setBlockConnected(org.bitcoinwatchdog.events.BlockConnected.newBuilder().setHeight(7))
                    .build().toByteArray()));
            int[] polls = {0};
            tail.run(() -> polls[0]++ < RECORDS && (shown.isEmpty() || !shown.get(shown.size() - 1).contains(HostileRecords.GOOD_NODE)));
        }
        assertThat(shown).last().asString().contains(HostileRecords.GOOD_NODE);
        assertThat(gaps).anyMatch(gap -> gap.startsWith("UNREADABLE"));
        assertThat(shown).noneMatch(line -> line.chars().anyMatch(c -> c < ' ' || c == 0x202e));
        assertThat(gaps).noneMatch(line -> line.chars().anyMatch(c -> c < ' ' || c == 0x202e));
    }
}
