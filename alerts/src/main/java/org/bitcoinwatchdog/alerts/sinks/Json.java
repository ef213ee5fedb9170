package org.bitcoinwatchdog.alerts.sinks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Maps, lists and records as JSON. */
final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {
    }

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and records of texts and numbers are always JSON", e);
        }
    }
}
