package org.bitcoinwatchdog.deploy.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEventSerde;
import org.bitcoinwatchdog.events.Topics;

/** Looks over the detectors' shoulder, to tell the viewer when the node was attached and when the flood began. */
final class NodeEventWatch implements AutoCloseable {
    private final KafkaConsumer<String, NodeEvent> consumer;
    private final Set<Long> floodPeers;
    private final CompletableFuture<NodeEvent> started = new CompletableFuture<>();
    private final CompletableFuture<Instant> flooded = new CompletableFuture<>();
    private final Thread thread = new Thread(this::read, "node-event-watch");
    private volatile boolean closed;

    NodeEventWatch(Map<String, Object> clientProperties, Set<Long> floodPeers) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put("auto.offset.reset", "earliest");
        this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new NodeEventSerde().deserializer());
        this.floodPeers = floodPeers;
        thread.setDaemon(true);
    }

    void start() {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.NODE_EVENTS).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.start();
    }

    /** The node's NodeStarted. */
    CompletableFuture<NodeEvent> started() {
        return started;
    }

    /** When the kernel saw the first message of the flood. */
    CompletableFuture<Instant> flooded() {
        return flooded;
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                for (ConsumerRecord<String, NodeEvent> record : consumer.poll(Duration.ofMillis(200))) {
                    see(record.value());
                }
            }
        } catch (WakeupException e) {
            closed = true;
        } catch (RuntimeException e) {
            started.completeExceptionally(e);
            flooded.completeExceptionally(e);
        }
    }

    private void see(NodeEvent event) {
        if (event.hasNodeStarted()) {
            started.complete(event);
        }
        if (event.hasInboundMessage() && event.getInboundMessage().getType().startsWith("addr")
                && floodPeers.contains(event.getInboundMessage().getPeer().getId())) {
            flooded.complete(Instant.ofEpochSecond(0, event.getObservedAtNs()));
        }
    }
}
