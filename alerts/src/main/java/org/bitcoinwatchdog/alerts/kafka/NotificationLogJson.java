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

    static byte[] write(NotificationLogEntry entry) {
        try {
            return MAPPER.writeValueAsBytes(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry is always JSON", e);
        }
    }

    /** @throws IOException if the bytes are not an entry */
    static NotificationLogEntry read(byte[] json) throws IOException {
        NotificationLogEntry entry = MAPPER.readValue(json, NotificationLogEntry.class);
        if (entry == null || entry.status() == null || entry.startsAt() == null
                || entry.severity() == null || entry.updatedAt() == null || entry.at() == null) {
            throw new IOException("not an entry of the notification log");
        }
        return entry;
    }
}
