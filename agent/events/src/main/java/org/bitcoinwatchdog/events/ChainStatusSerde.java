package org.bitcoinwatchdog.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** The values of {@link Topics#CHAIN_STATUS}: one line of JSON, times in RFC 3339. An unreadable record is a {@link SerializationException}. */
public final class ChainStatusSerde implements Serde<ChainStatus> {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public static byte[] write(ChainStatus status) {
        return json(status);
    }

    /** As a list. */
    public static byte[] write(List<ChainStatus> statuses) {
        return json(statuses);
    }

    private static byte[] json(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a chain status is always JSON", e);
        }
    }

    @Override
    public Serializer<ChainStatus> serializer() {
        return (topic, status) -> status == null ? null : write(status);
    }

    @Override
    public Deserializer<ChainStatus> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(topic, bytes);
    }

    private static ChainStatus read(String topic, byte[] bytes) {
        try {
            ChainStatus status = MAPPER.readValue(bytes, ChainStatus.class);
            if (status == null) {
                throw new SerializationException("null instead of a chain status in a record of " + topic);
            }
            return status;
        } catch (IOException e) {
            throw new SerializationException("unreadable chain status in a record of " + topic, e);
        }
    }
}
