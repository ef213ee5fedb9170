package org.bitcoinwatchdog.deploy.nodes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeDigestSerde;
import org.bitcoinwatchdog.events.Topics;

/**
 * The nodes that the detectors know. Followed nodes have digests in the last minutes; an alert fires
 * about each node that has been stopped or silent for longer.
 */
public final class KnownNodes {
    private static final Duration LOOK_BACK = Duration.ofMinutes(10);
    /** A followed node has a digest each second. This does not depend on any clock. */
    private static final Duration LISTEN = Duration.ofMillis(2_500);
    /** As AgentSilent's default. */
    private static final Duration SILENT_AFTER = Duration.ofSeconds(60);
    private static final String CONFLICT = "NodeNameConflict";
    private static final String STOPPED = "NodeSilent";

    private record LastDigest(NodeDigest digest, Instant at, boolean now) {
    }

    private final Deserializer<NodeDigest> digests = new NodeDigestSerde().deserializer();
    private final Map<String, LastDigest> heard = new TreeMap<>();
    private final Clock clock;

    private long unreadable;

    KnownNodes(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param kafka  at least {@code bootstrap.servers}
     * @param alerts the present state of each, firing or not
     * @param skipped is told how many unreadable digests were skipped, if there were any
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    public static Map<String, KnownNode> read(Map<String, Object> kafka, Collection<Alert> alerts, Clock clock, LongConsumer skipped) {
        KnownNodes nodes = new KnownNodes(clock);
        try (TopicEnd topic = TopicEnd.lookingBack(kafka, Topics.NODE_DIGESTS, LOOK_BACK)) {
            topic.read(LISTEN, nodes::take, () -> false);
        }
        if (nodes.unreadable > 0) {
            skipped.accept(nodes.unreadable);
        }
        return nodes.with(alerts);
    }

    /** For people: nodes may be missing. */
    public static String skipped(long unreadable) {
        return "watchdog: skipped " + unreadable + (unreadable == 1 ? " unreadable record" : " unreadable records") + " of "
                + Topics.NODE_DIGESTS + ", so nodes may be missing. Check which program writes to this topic.";
    }

    void take(ConsumerRecord<byte[], byte[]> record, boolean waited) {
        NodeDigest digest;
        try {
            digest = digests.deserialize(record.topic(), record.value());
        } catch (SerializationException e) {
            unreadable++;
            return;
        }
        if (digest != null && !digest.getNode().isEmpty()) {
            Instant at = waited ? Instant.ofEpochMilli(record.timestamp()) : clock.instant();
            heard.put(digest.getNode(), new LastDigest(digest, at, !waited));
        }
    }

    long unreadable() {
        return unreadable;
    }

    Map<String, KnownNode> with(Collection<Alert> alerts) {
        Set<String> conflicts = new HashSet<>();
        Map<String, KnownNode> nodes = new TreeMap<>();
        for (Alert alert : alerts) {
            String name = alert.labels().get(Alert.NODE);
            if (name == null || !alert.firing()) {
                continue;
            }
            if (CONFLICT.equals(alert.labels().get(Alert.ALERTNAME))) {
                conflicts.add(name);
            }
            nodes.merge(name, ofAlert(name, alert), (one, other) -> one.lastHeard().isBefore(other.lastHeard()) ? one : other);
        }
        heard.forEach((name, last) -> nodes.put(name, ofDigest(name, last, conflicts.contains(name))));
        return nodes;
    }

    private KnownNode ofDigest(String name, LastDigest last, boolean conflict) {
        NodeDigest digest = last.digest();
        boolean silent = !last.now() && last.at().plus(SILENT_AFTER).isBefore(clock.instant());
        KnownNode.Following state = digest.getUnfollowed() ? KnownNode.Following.NOT_FOLLOWED
                : digest.getStopped() ? KnownNode.Following.STOPPED
                : silent ? KnownNode.Following.SILENT
                : conflict ? KnownNode.Following.CONFLICT
                : KnownNode.Following.FOLLOWED;
        return new KnownNode(name, digest.getNetwork(), digest.getHost(), digest.getImplementation(),
                digest.getWitness() ? KnownNode.WITNESS : digest.getBitcoindVersion(), String.join(" ", digest.getSidesList()), last.at(), state);
    }

    /** A node without a recent digest. Its first alert started when it was last heard. */
    private static KnownNode ofAlert(String name, Alert alert) {
        boolean stopped = STOPPED.equals(alert.labels().get(Alert.ALERTNAME));
        return new KnownNode(name, alert.labels().getOrDefault(Alert.NETWORK, ""), "", "", "", "", alert.startsAt(),
                stopped ? KnownNode.Following.STOPPED : KnownNode.Following.SILENT);
    }
}
