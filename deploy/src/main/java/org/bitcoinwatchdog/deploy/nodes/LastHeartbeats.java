package org.bitcoinwatchdog.deploy.nodes;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Topics;

/** What the agents report about their nodes now. */
public final class LastHeartbeats {
    /** An agent that follows a node publishes a heartbeat each second. */
    private static final Duration LISTEN = Duration.ofMillis(2_500);

    private LastHeartbeats() {
    }

    /**
     * Listens to new events for a moment.
     *
     * @param kafka at least {@code bootstrap.servers}
     * @return the last heartbeat of each node that was heard
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    public static Map<String, Heartbeat> listen(Map<String, Object> kafka) {
        Map<String, Heartbeat> heard = new TreeMap<>();
        try (TopicEnd events = TopicEnd.now(kafka, Topics.NODE_EVENTS)) {
            events.read(LISTEN, (record, waited) -> {
                try {
                    NodeEvent event = NodeEvent.parseFrom(record.value() == null ? new byte[0] : record.value());
                    if (event.hasHeartbeat()) {
                        heard.put(event.getNode(), event.getHeartbeat());
                    }
                } catch (InvalidProtocolBufferException e) {
                    return; // the detectors count it and put it into the dead letters
                }
            }, () -> false);
        }
        return heard;
    }
}
