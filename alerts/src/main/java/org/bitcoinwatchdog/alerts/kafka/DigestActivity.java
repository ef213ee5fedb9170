package org.bitcoinwatchdog.alerts.kafka;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.bitcoinwatchdog.alerts.pipeline.Heartbeat;
import org.bitcoinwatchdog.events.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether {@code watchdog.node-digests} grows. Detectors write a digest a second for each node that an agent follows, so if
 * the topic grows, a node, its agent, Kafka and the detectors work.
 */
public final class DigestActivity implements Heartbeat.DetectorActivity {
    private static final Logger LOG = LoggerFactory.getLogger(DigestActivity.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private long before = -1;

    public DigestActivity(Clients clients) {
        consumer = clients.reader();
    }

    /** False at the first call: there is nothing to compare with. */
    @Override
    public boolean seen() {
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.NODE_DIGESTS, PATIENCE).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            long now = consumer.endOffsets(partitions, PATIENCE).values().stream().mapToLong(Long::longValue).sum();
            boolean grown = before >= 0 && now > before;
            before = now;
            return grown;
        } catch (KafkaException e) {
            LOG.warn("can't read the end offsets of {}: {}", Topics.NODE_DIGESTS, e.toString());
            return false;
        }
    }

    @Override
    public void close() {
        Clients.close(consumer);
    }
}
