package org.bitcoinwatchdog.alerts;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertJson;
import org.bitcoinwatchdog.events.Topics;

/** Writes the topics as the detectors do, and reads them as an operator would. */
public final class AlertLog implements AutoCloseable {
    private final Map<String, Object> properties;
    private final KafkaProducer<byte[], byte[]> producer;

    public AlertLog(Map<String, Object> properties) {
        this.properties = properties;
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    public void write(Alert... alerts) throws Exception {
        for (Alert alert : alerts) {
            write(alert.fingerprint(), AlertJson.write(alert));
        }
    }

    public void write(String key, byte[] value) throws Exception {
        write(Topics.ALERTS, key, value);
    }

    public void write(String topic, String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)).get();
    }

    /** As if written at that time. */
    public void writeAt(java.time.Instant time, Alert... alerts) throws Exception {
        for (Alert alert : alerts) {
            producer.send(new ProducerRecord<>(Topics.ALERTS, null, time.toEpochMilli(),
                    alert.fingerprint().getBytes(StandardCharsets.UTF_8), AlertJson.write(alert))).get();
        }
    }

    /** One digest, as detectors write one a second. */
    public void digest() throws Exception {
        producer.send(new ProducerRecord<>(Topics.NODE_DIGESTS, "node".getBytes(StandardCharsets.UTF_8), new byte[0])).get();
    }

    /** Everything that a topic holds now. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .collect(Collectors.toList());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /** The values of a topic as text. */
    public List<String> texts(String topic) {
        return read(topic).stream().filter(record -> record.value() != null)
                .map(record -> new String(record.value(), StandardCharsets.UTF_8)).toList();
    }

    @Override
    public void close() {
        producer.close();
    }
}
