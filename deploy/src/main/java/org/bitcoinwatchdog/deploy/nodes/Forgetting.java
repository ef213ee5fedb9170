package org.bitcoinwatchdog.deploy.nodes;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeDigestSerde;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEventSerde;
import org.bitcoinwatchdog.events.NodeUnfollowed;
import org.bitcoinwatchdog.events.Topics;

/** Publishes that nodes are no longer followed. */
public final class Forgetting {
    /** An agent that follows a node publishes a heartbeat each second. */
    private static final Duration LISTEN = Duration.ofSeconds(3);
    private static final Duration CONFIRMED_WITHIN = Duration.ofSeconds(15);
    private static final long NS_PER_MS = 1_000_000;

    private final Map<String, Object> kafka;
    private final Clock clock;

    /** @param kafka at least {@code bootstrap.servers} */
    public Forgetting(Map<String, Object> kafka, Clock clock) {
        this.kafka = kafka;
        this.clock = clock;
    }

    /** @return those of the nodes that an agent publishes now, each with the agent's host, empty if that is unknown */
    public Map<String, String> heardNow(Collection<String> names) {
        Map<String, String> hosts = new TreeMap<>();
        try (TopicEnd events = TopicEnd.now(kafka, Topics.NODE_EVENTS)) {
            events.read(LISTEN, (record, waited) -> {
                String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
                if (names.contains(key)) {
                    hosts.merge(key, host(record), (one, other) -> other.isEmpty() ? one : other);
                }
            }, () -> false);
        }
        return hosts;
    }

    private static String host(ConsumerRecord<byte[], byte[]> record) {
        try (NodeEventSerde serde = new NodeEventSerde()) {
            NodeEvent event = serde.deserializer().deserialize(record.topic(), record.value());
            return event == null ? "" : event.hasNodeStarted() ? event.getNodeStarted().getHost() : event.getHeartbeat().getHost();
        } catch (SerializationException e) {
            return ""; // somebody publishes under this name, even if it is not readable
        }
    }

    /**
     * Publishes it, and waits until the detectors have taken it.
     *
     * @param nodes by name
     * @param host  on which this was decided
     * @return the names that the detectors have not taken yet
     */
    public Set<String> forget(Collection<KnownNode> nodes, String host) {
        Set<String> waiting = new HashSet<>();
        try (TopicEnd digests = TopicEnd.now(kafka, Topics.NODE_DIGESTS); NodeDigestSerde serde = new NodeDigestSerde()) {
            for (KnownNode node : nodes) {
                waiting.add(node.name());
            }
            publish(nodes, host);
            digests.read(CONFIRMED_WITHIN, (record, waited) -> {
                try {
                    NodeDigest digest = serde.deserializer().deserialize(record.topic(), record.value());
                    if (digest != null && digest.getUnfollowed()) {
                        waiting.remove(digest.getNode());
                    }
                } catch (SerializationException e) {
                    return; // not the awaited digest
                }
            }, waiting::isEmpty);
        }
        return waiting;
    }

    private void publish(Collection<KnownNode> nodes, String host) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        try (KafkaProducer<String, NodeEvent> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new NodeEventSerde().serializer())) {
            for (KnownNode node : nodes) {
                producer.send(new ProducerRecord<>(Topics.NODE_EVENTS, node.name(), event(node, host))).get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("Kafka refused: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while publishing", e);
        }
    }

    private NodeEvent event(KnownNode node, String host) {
        return NodeEvent.newBuilder().setNode(node.name()).setNetwork(node.network())
                .setObservedAtNs(clock.millis() * NS_PER_MS)
                .setNodeUnfollowed(NodeUnfollowed.newBuilder().setCause(NodeUnfollowed.Cause.CAUSE_FORGOTTEN).setHost(host))
                .build();
    }
}
