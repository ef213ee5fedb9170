package org.bitcoinwatchdog.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/** {@link Alert} as one line of JSON. Times are RFC 3339 in UTC. */
public final class AlertJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private AlertJson() {
    }

    public static byte[] write(Alert alert) {
        try {
            return MAPPER.writeValueAsBytes(alert);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an alert is always JSON", e);
        }
    }

    /** @throws IOException if the bytes are not an alert; the message does not repeat them */
    public static Alert read(byte[] json) throws IOException {
        try {
            Alert alert = MAPPER.readValue(json, Alert.class);
            if (alert == null) {
                throw new IOException("not an alert: null");
            }
            return alert;
        } catch (JsonProcessingException e) {
            throw new IOException("not an alert: " + e.getClass().getSimpleName(), e);
        }
    }
}
