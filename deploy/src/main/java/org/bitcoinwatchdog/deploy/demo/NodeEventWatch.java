package org.bitcoinwatchdog.deploy.demo;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEventSerde;
import org.bitcoinwatchdog.events.Topics;
import org.bitcoinwatchdog.events.follow.FollowerThread;
import org.bitcoinwatchdog.events.follow.Start;

/** Reads the node's events beside the detectors, to show the viewer when the agent attached and when the flood began. */
final class NodeEventWatch implements AutoCloseable {
    private final Deserializer<NodeEvent> events = new NodeEventSerde().deserializer();
    private final FollowerThread follower;
    private final Set<Long> floodPeers;
    private final CompletableFuture<NodeEvent> started = new CompletableFuture<>();
    private final CompletableFuture<Instant> flooded = new CompletableFuture<>();

    NodeEventWatch(Map<String, Object> clientProperties, Set<Long> floodPeers) {
        this.follower = new FollowerThread(clientProperties, Topics.NODE_EVENTS, Start.beginning(), this::read, this::fail);
        this.floodPeers = floodPeers;
    }

    void start() {
        follower.start();
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
        follower.close();
    }

    private void fail(Throwable cause) {
        started.completeExceptionally(cause);
        flooded.completeExceptionally(cause);
    }

    private void read(ConsumerRecord<byte[], byte[]> record, boolean waited) {
        NodeEvent event = events.deserialize(record.topic(), record.value());
        if (event.hasNodeStarted()) {
            started.complete(event);
        }
        if (event.hasInboundMessage() && event.getInboundMessage().getType().startsWith("addr")
                && floodPeers.contains(event.getInboundMessage().getPeer().getId())) {
            flooded.complete(Instant.ofEpochSecond(0, event.getObservedAtNs()));
        }
    }
}
