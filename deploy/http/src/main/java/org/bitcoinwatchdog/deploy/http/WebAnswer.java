package org.bitcoinwatchdog.deploy.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** A whole answer to one request. Nobody changes the body after it was given. */
public final class WebAnswer {
    private static final JsonMapper JSON =
            JsonMapper.builder().defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS)).build();
    private static final String PLAIN = "text/plain; charset=utf-8";

    private final int status;
    private final Optional<String> contentType;
    private final byte[] body;

    private WebAnswer(int status, Optional<String> contentType, byte[] body) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
    }

    public static WebAnswer text(int status, String sentence) {
        return new WebAnswer(status, Optional.of(PLAIN), (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public static WebAnswer json(Object value) {
        return new WebAnswer(200, Optional.of("application/json"), jsonBytes(value));
    }

    /** An error that the page shows. */
    public static WebAnswer problem(int status, String sentence) {
        return new WebAnswer(status, Optional.of("application/json"), jsonBytes(Map.of("problem", sentence)));
    }

    public static WebAnswer content(String contentType, byte[] content) {
        return new WebAnswer(200, Optional.of(contentType), content);
    }

    public static WebAnswer empty(int status) {
        return new WebAnswer(status, Optional.empty(), new byte[0]);
    }

    public static byte[] jsonBytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a view is always JSON", e);
        }
    }

    int status() {
        return status;
    }

    Optional<String> contentType() {
        return contentType;
    }

    ByteBuffer body() {
        return ByteBuffer.wrap(body).asReadOnlyBuffer();
    }
}
