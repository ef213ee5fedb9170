package org.bitcoinwatchdog.events.follow;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Where a follower begins in the partitions that exist when it opens. */
public interface Start {
    /**
     * @param ends the present end of each partition
     * @return the first offset to read, for each partition
     */
    Map<TopicPartition, Long> offsets(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends);

    /** The oldest record that Kafka still has. */
    static Start beginning() {
        return (consumer, ends) -> consumer.beginningOffsets(ends.keySet());
    }

    /** The next record that is added. */
    static Start now() {
        return (consumer, ends) -> ends;
    }

    /** The first record with that time or a later one; without such a record, the next one that is added. */
    static Start since(Instant time) {
        return (consumer, ends) -> since(
                ends.keySet().stream().collect(Collectors.toMap(Function.identity(), partition -> time)), Long.MAX_VALUE)
                .offsets(consumer, ends);
    }

    /**
     * As {@link #since(Instant)}, with a time for each partition. A partition without a time begins at its end.
     *
     * @param mostRecords in one partition, so that one wrong time does not lead to a long read
     */
    static Start since(Map<TopicPartition, Instant> times, long mostRecords) {
        return (consumer, ends) -> {
            Map<TopicPartition, Long> starts = new HashMap<>(ends);
            Map<TopicPartition, Long> timesMs = times.entrySet().stream().filter(time -> ends.containsKey(time.getKey()))
                    .collect(Collectors.toMap(Map.Entry::getKey, time -> Math.max(0, time.getValue().toEpochMilli())));
            consumer.offsetsForTimes(timesMs).forEach((partition, found) -> {
                if (found != null) {
                    starts.put(partition, Math.max(found.offset(), ends.get(partition) - mostRecords));
                }
            });
            return starts;
        };
    }
}
