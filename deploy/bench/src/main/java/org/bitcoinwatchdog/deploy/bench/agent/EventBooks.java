package org.bitcoinwatchdog.deploy.bench.agent;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEventSerde;
import org.bitcoinwatchdog.events.Topics;
import org.bitcoinwatchdog.events.follow.Start;
import org.bitcoinwatchdog.events.follow.TopicFollower;

/** Reads the topic of node events from its beginning and keeps a book for each node and epoch, not the events. For one thread. */
public final class EventBooks implements AutoCloseable {
    private record NodeEpoch(String node, long epoch) {
    }

    private final Deserializer<NodeEvent> events = new NodeEventSerde().deserializer();
    private final TopicFollower follower;
    private final Map<NodeEpoch, EpochBook> books = new LinkedHashMap<>();

    /** @param clientProperties at least {@code bootstrap.servers} */
    public EventBooks(Map<String, Object> clientProperties) {
        follower = TopicFollower.open(clientProperties, Topics.NODE_EVENTS, Start.beginning());
    }

    /** Reads the events that are there, or that come within that time. */
    public void read(Duration wait) {
        for (ConsumerRecord<byte[], byte[]> record : follower.poll(wait)) {
            NodeEvent event = events.deserialize(record.topic(), record.value());
            books.computeIfAbsent(new NodeEpoch(event.getNode(), event.getEpoch()), key -> new EpochBook(key.node(), key.epoch()))
                    .on(event);
        }
    }

    /** Reads up to the topic's present end. */
    public void readToEnd() {
        follower.moveEnd();
        while (!follower.caughtUp()) {
            read(Duration.ofMillis(200));
        }
    }

    /** Events that were ever written to the topic. */
    public long end() {
        return follower.moveEnd();
    }

    /** In the order in which the epochs began to arrive. */
    public List<EpochBook> books() {
        return List.copyOf(books.values());
    }

    @Override
    public void close() {
        follower.close();
    }
}
