package org.bitcoinwatchdog.alerts.kafka;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.bitcoinwatchdog.events.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether detectors are at work: they write a digest a second for each node that an agent reports. Where
 * {@code watchdog.node-digests} grows, node, agent, Kafka and detectors all work.
 */
public final class DetectorActivity implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DetectorActivity.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private long before = -1;

    public DetectorActivity(Clients clients) {
        consumer = clients.reader();
    }

    /** Whether something was written since this was last asked. The first time there is nothing to compare with. */
    public boolean seen() {
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.NODE_DIGESTS, PATIENCE).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            long now = consumer.endOffsets(partitions, PATIENCE).values().stream().mapToLong(Long::longValue).sum();
            boolean grown = before >= 0 && now > before;
            before = now;
            return grown;
        } catch (KafkaException e) {
            LOG.warn("{} can't be looked at: {}", Topics.NODE_DIGESTS, e.toString());
            return false;
        }
    }

    @Override
    public void close() {
        Clients.close(consumer);
    }
}
