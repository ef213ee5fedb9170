package org.bitcoinwatchdog.agent.publish;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The producer's properties: what the user passed, and over it what exactly-once, order and bounded memory demand. */
final class ProducerSettings {
    private ProducerSettings() {
    }

    static Map<String, Object> of(Map<String, Object> passed, long bufferBytes) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "watchdog-agent");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // At an ordinary node's rate each request costs more than the events in it; under load batches fill before that.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 50);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, (int) Math.min(1 << 18, bufferBytes / 8));
        properties.putAll(passed);
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // A broker takes any sequence number as the first of a producer that it does not know. With several requests in
        // flight a second batch can so overtake a first that is being retried (seen while a partition had just got its
        // leader), and the first is then refused, and retried, for ever.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // What the producer has taken it keeps until Kafka has it, however long that takes, in order.
        properties.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        // Whoever hands over must not be kept: it has events to move to the disk meanwhile.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferBytes);
        return properties;
    }
}
