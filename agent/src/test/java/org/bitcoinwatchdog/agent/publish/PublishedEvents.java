package org.bitcoinwatchdog.agent.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Topics;

/** The topic of node events, as its reader finds it. */
final class PublishedEvents {
    /**
     * With the broker's time, as the watchdog creates it. By event times of days ago, a broker that was killed forgets its producers, and
     * takes a batch again that it has already written.
     */
    static final NewTopic TOPIC = new NewTopic(Topics.NODE_EVENTS, 3, (short) 1).configs(Map.of("message.timestamp.type", "LogAppendTime"));

    private PublishedEvents() {
    }

    /** Everything in the topic, partition by partition. */
    static List<NodeEvent> all(String bootstrapServers) throws Exception {
        Map<String, Object> properties = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, TOPIC.numPartitions())
                    .mapToObj(number -> new TopicPartition(TOPIC.name(), number))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
            List<NodeEvent> events = new ArrayList<>();
            while (partitions.stream().mapToLong(consumer::position).sum() < end) {
                for (ConsumerRecord<String, byte[]> consumed : consumer.poll(Duration.ofMillis(100))) {
                    events.add(NodeEvent.parseFrom(consumed.value()));
                }
            }
            return events;
        }
    }
}
