package org.bitcoinwatchdog.deploy.bench.agent;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEventSerde;
import org.bitcoinwatchdog.events.Topics;

/** Reads the topic of node events from its beginning and keeps a book for each node and epoch, not the events. For one thread. */
public final class EventBooks implements AutoCloseable {
    private record Key(String node, long epoch) {
    }

    private final KafkaConsumer<String, NodeEvent> consumer;
    private final List<TopicPartition> partitions;
    private final Map<Key, EpochBook> books = new LinkedHashMap<>();

    /** @param clientProperties at least {@code bootstrap.servers} */
    public EventBooks(Map<String, Object> clientProperties) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put("auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new NodeEventSerde().deserializer());
        partitions = consumer.partitionsFor(Topics.NODE_EVENTS).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Takes in what there is by now, or comes within that time. */
    public void read(Duration wait) {
        for (ConsumerRecord<String, NodeEvent> record : consumer.poll(wait)) {
            NodeEvent event = record.value();
            books.computeIfAbsent(new Key(event.getNode(), event.getEpoch()), key -> new EpochBook(key.node(), key.epoch()))
                    .on(event);
        }
    }

    /** Reads up to what is in the topic now. */
    public void readToEnd() {
        long end = end();
        while (partitions.stream().mapToLong(consumer::position).sum() < end) {
            read(Duration.ofMillis(200));
        }
    }

    /** Events that were ever written to the topic. */
    public long end() {
        return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }

    /** In the order in which the epochs began to arrive. */
    public List<EpochBook> books() {
        return List.copyOf(books.values());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
