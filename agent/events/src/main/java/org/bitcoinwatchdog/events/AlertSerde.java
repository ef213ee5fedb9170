package org.bitcoinwatchdog.events;

import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The values of {@link Topics#ALERTS}. An unreadable record is a {@link SerializationException}. A record without a
 * value, which compaction removes, stays null.
 */
public final class AlertSerde implements Serde<Alert> {
    @Override
    public Serializer<Alert> serializer() {
        return (topic, alert) -> alert == null ? null : AlertJson.write(alert);
    }

    @Override
    public Deserializer<Alert> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(topic, bytes);
    }

    private static Alert read(String topic, byte[] bytes) {
        try {
            return AlertJson.read(bytes);
        } catch (IOException e) {
            throw new SerializationException("unreadable Alert in a record of " + topic, e);
        }
    }
}
