package org.bitcoinwatchdog.agent.publish;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The producer's properties: the user's, overridden where exactly-once, order and bounded memory demand it. */
final class ProducerSettings {
    private ProducerSettings() {
    }

    static Map<String, Object> of(Map<String, Object> passed, long bufferBytes) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "watchdog-agent");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // At an ordinary node's rate, a request costs more than its events: all events of one drain share it. Under load,
        // batches fill sooner.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, (int) Math.min(1 << 18, bufferBytes / 8));
        properties.putAll(passed);
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // A broker accepts any first sequence number from a producer that it does not know. With several requests in
        // flight, a second batch can overtake a first one that is being retried, for example while a partition has just
        // got its leader. The broker then refuses the first batch for ever.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // The producer keeps its events in order until Kafka has them, however long that takes.
        properties.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        // The sending thread must not block, because it also moves events to the disk.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferBytes);
        return properties;
    }
}
