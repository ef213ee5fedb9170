package org.bitcoinwatchdog.alerts.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.bitcoinwatchdog.alerts.pipeline.AlertMeters;
import org.bitcoinwatchdog.alerts.pipeline.AlertRecord;
import org.bitcoinwatchdog.alerts.pipeline.Memory;
import org.bitcoinwatchdog.alerts.pipeline.Remembered;
import org.bitcoinwatchdog.events.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was told to whom, in the compacted topic {@code watchdog.deliveries}, key = sink and fingerprint. It is written to
 * the partition that the alert has in {@code watchdog.alerts}, so who owns the one reads exactly the other.
 */
public final class KafkaMemory implements Memory {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaMemory.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Clients clients;
    private final Producer<byte[], byte[]> producer;
    private final AlertMeters meters;
    private final Map<Integer, Map<String, Remembered>> partitions = new ConcurrentHashMap<>();

    public KafkaMemory(Clients clients, Producer<byte[], byte[]> producer, AlertMeters meters) {
        this.clients = clients;
        this.producer = producer;
        this.meters = meters;
    }

    /** Reads everything that is remembered about the partitions' alerts, up to what is written now. */
    public void restore(Collection<Integer> numbers) {
        List<TopicPartition> assigned =
                numbers.stream().map(number -> new TopicPartition(Topics.DELIVERIES, number)).toList();
        numbers.forEach(number -> partitions.put(number, new ConcurrentHashMap<>()));
        try (KafkaConsumer<byte[], byte[]> consumer = clients.reader()) {
            consumer.assign(assigned);
            consumer.seekToBeginning(assigned);
            Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
            while (assigned.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(POLL).forEach(this::restore);
            }
        }
        LOG.info("read what was told of the alerts in partitions {}", numbers);
    }

    public void forget(int partition) {
        partitions.remove(partition);
    }

    @Override
    public Optional<Remembered> of(String sink, AlertRecord record) {
        return Optional.ofNullable(partitions.getOrDefault(record.partition(), Map.of()).get(key(sink, record)));
    }

    @Override
    public void remember(String sink, AlertRecord record, Remembered remembered) {
        String key = key(sink, record);
        Map<String, Remembered> partition = partitions.get(record.partition());
        if (partition != null) {
            partition.put(key, remembered);
        }
        try {
            producer.send(new ProducerRecord<>(Topics.DELIVERIES, record.partition(), Texts.bytes(key),
                    RememberedJson.write(remembered))).get();
        } catch (ExecutionException | KafkaException e) {
            meters.notKept("delivery");
            LOG.error("a delivery to {} could not be remembered, a restart may repeat it", sink, e);
        } catch (InterruptedException e) {
            meters.notKept("delivery");
            Thread.currentThread().interrupt();
        }
    }

    private void restore(ConsumerRecord<byte[], byte[]> record) {
        Map<String, Remembered> partition = partitions.get(record.partition());
        String key = Texts.of(record.key());
        if (record.value() == null) {
            partition.remove(key);
            return;
        }
        try {
            partition.put(key, RememberedJson.read(record.value()));
        } catch (IOException e) {
            meters.notKept("delivery");
            LOG.warn("record {} of {}-{} is not readable and skipped", record.offset(), record.topic(), record.partition());
        }
    }

    private static String key(String sink, AlertRecord record) {
        return sink + "/" + record.fingerprint();
    }
}
