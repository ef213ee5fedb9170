package org.bitcoinwatchdog.alerts.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.bitcoinwatchdog.alerts.pipeline.AlertMeters;
import org.bitcoinwatchdog.alerts.pipeline.Receivers;
import org.bitcoinwatchdog.events.Topics;
import org.junit.jupiter.api.Test;

class OwnedPartitionsTest {
    private static final TopicPartition FIRST = new TopicPartition(Topics.ALERTS, 0);
    private static final TopicPartition SECOND = new TopicPartition(Topics.ALERTS, 1);
    private static final Duration SHORT_SESSION = Duration.ofNanos(100); // a commit is due each time

    private final FailingConsumer consumer = new FailingConsumer();
    private final AlertMeters meters = new AlertMeters(new SimpleMeterRegistry());

    @Test
    void commitsEveryPartitionAgainAfterAFailedCommit() {
        OwnedPartitions owned = owned();
        consumer.failing = true;
        owned.commit();
        consumer.poll(Duration.ZERO);
        consumer.failing = false;
        owned.commit();
        Map<TopicPartition, OffsetAndMetadata> both = Map.of(FIRST, new OffsetAndMetadata(7), SECOND, new OffsetAndMetadata(9));
        assertThat(consumer.asked).containsExactly(both, both);
    }

    @Test
    void commitsTheSameOffsetAgainToStayAMember() {
        OwnedPartitions owned = owned();
        owned.commit();
        owned.commit();
        assertThat(consumer.asked).hasSize(2);
        assertThat(consumer.asked.get(1)).hasSize(1);
    }

    private final OwnedPartitions.Deliveries memory = new OwnedPartitions.Deliveries() {
        @Override
        public void restore(Collection<Integer> partitions) {
            // nothing was delivered
        }

        @Override
        public void forget(int partition) {
            // nothing is kept
        }
    };

    private OwnedPartitions owned() {
        Receivers receivers = new Receivers(Map.of(), meters, Clock.systemUTC(), fault -> { });
        OwnedPartitions owned = new OwnedPartitions(consumer, memory, receivers, meters,
                () -> Duration.ZERO, SHORT_SESSION);
        consumer.subscribe(List.of(Topics.ALERTS), owned);
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        consumer.updateEndOffsets(Map.of(FIRST, 7L, SECOND, 9L));
        consumer.rebalance(List.of(FIRST, SECOND));
        consumer.seek(FIRST, 7);
        consumer.seek(SECOND, 9);
        owned.releaseWhenCaughtUp();
        return owned;
    }

    private static final class FailingConsumer extends MockConsumer<byte[], byte[]> {
        final List<Map<TopicPartition, OffsetAndMetadata>> asked = new ArrayList<>();
        boolean failing;

        FailingConsumer() {
            super("earliest");
        }

        @Override
        public synchronized void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            asked.add(Map.copyOf(offsets));
            callback.onComplete(offsets, failing ? new RetriableCommitFailedException("injected") : null);
        }
    }
}
