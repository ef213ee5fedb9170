package org.bitcoinwatchdog.detectors.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.bitcoinwatchdog.events.Topics;
import org.junit.jupiter.api.Test;

class EndOffsetsTest {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.NODE_EVENTS, 0);

    private final AtomicLong nowNs = new AtomicLong();

    @Test
    void everyPartitionIsBehindOnceAskingHasEndedOrHangs() {
        EndOffsets offsets = new EndOffsets(() -> Map.of(PARTITION, 5L), () -> Map.of(PARTITION, 5L), nowNs::get);
        offsets.ask();
        offsets.ask();
        assertThat(offsets.behind(0)).isFalse();
        assertThat(offsets.sinceNs(0)).isPresent();
        nowNs.addAndGet(Duration.ofSeconds(31).toNanos());
        assertThat(offsets.behind(0)).isTrue();
        assertThat(offsets.sinceNs(0)).isEmpty();
    }

    @Test
    void isAFaultOnceAskingHasEnded() {
        EndOffsets offsets = new EndOffsets(() -> {
            throw new LinkageError("injected");
        }, Map::of, nowNs::get);
        assertThat(offsets.fault()).isEmpty();
        assertThatThrownBy(offsets::ask).isInstanceOf(LinkageError.class);
        assertThat(offsets.fault()).isEqualTo(Optional.of("the queries for end offsets ended: LinkageError"));
    }
}
