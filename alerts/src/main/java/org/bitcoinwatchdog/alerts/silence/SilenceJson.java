package org.bitcoinwatchdog.alerts.silence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/** {@link Silence} as JSON, the value of {@code watchdog.silences}; times are RFC 3339 in UTC. */
public final class SilenceJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private SilenceJson() {
    }

    public static byte[] write(Silence silence) {
        try {
            return MAPPER.writeValueAsBytes(silence);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a silence is always JSON", e);
        }
    }

    /** @throws IOException if the bytes are not a silence */
    public static Silence read(byte[] json) throws IOException {
        Silence silence = MAPPER.readValue(json, Silence.class);
        if (silence == null) {
            throw new IOException("not a silence");
        }
        return silence;
    }
}
