package org.bitcoinwatchdog.deploy.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class TailLagTest {
    private static final long NOW_MS = 1_795_361_000_000L;

    private final List<String> told = new ArrayList<>();
    private final TailLag lag = new TailLag(Clock.fixed(Instant.ofEpochMilli(NOW_MS), ZoneOffset.UTC), told::add);

    @Test
    void tellsOnceThatItIsBehindAndThatItNoLongerIs() {
        lag.tell(at(NOW_MS - 12_000), 340_000);
        lag.tell(at(NOW_MS - 12_000), 350_000);
        lag.tell(at(NOW_MS - 100), 12);
        assertThat(told).containsExactly("BEHIND  by 12 s, 340000 events to read");
        lag.tell(at(NOW_MS - 100), 0);
        lag.tell(ConsumerRecords.empty(), 0);
        assertThat(told).hasSize(2).last().isEqualTo("BEHIND  no longer");
    }

    @Test
    void anAgentsDelayIsNotItsOwn() {
        lag.tell(at(NOW_MS - 60_000), 0);
        lag.tell(at(NOW_MS), 1_000);
        assertThat(told).isEmpty();
    }

    private static ConsumerRecords<String, byte[]> at(long timeMs) {
        return new ConsumerRecords<>(Map.of(new TopicPartition("t", 0), List.of(new ConsumerRecord<>("t", 0, 0L, timeMs,
                TimestampType.CREATE_TIME, 0, 0, "node", new byte[0], new RecordHeaders(), Optional.empty()))), Map.of());
    }
}
