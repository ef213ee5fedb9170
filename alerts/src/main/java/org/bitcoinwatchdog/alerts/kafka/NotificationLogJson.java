package org.bitcoinwatchdog.alerts.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import org.bitcoinwatchdog.alerts.pipeline.NotificationLogEntry;

/** {@link NotificationLogEntry} as JSON, the value of {@code watchdog.deliveries}. */
final class NotificationLogJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private NotificationLogJson() {
    }

    static byte[] write(NotificationLogEntry remembered) {
        try {
            return MAPPER.writeValueAsBytes(remembered);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is remembered is always JSON", e);
        }
    }

    /** @throws IOException where the bytes are nothing of the kind */
    static NotificationLogEntry read(byte[] json) throws IOException {
        NotificationLogEntry remembered = MAPPER.readValue(json, NotificationLogEntry.class);
        if (remembered == null || remembered.status() == null || remembered.startsAt() == null
                || remembered.severity() == null || remembered.updatedAt() == null || remembered.at() == null) {
            throw new IOException("not what is remembered of a delivery");
        }
        return remembered;
    }
}
