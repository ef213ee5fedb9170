package org.bitcoinwatchdog.deploy.console.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import org.bitcoinwatchdog.deploy.console.silence.SilenceBook.NewSilence;
import org.bitcoinwatchdog.deploy.console.silence.SilenceBook.SilencesUnavailable;
import org.bitcoinwatchdog.deploy.console.silence.SilenceBook;
import org.bitcoinwatchdog.deploy.http.EndpointPool;
import org.bitcoinwatchdog.deploy.http.WebAnswer;
import org.bitcoinwatchdog.deploy.http.WebExchange;
import org.bitcoinwatchdog.deploy.http.WebServer.WebEndpoint;

/** {@code GET}, {@code POST} (a {@link NewSilence} as JSON) and {@code DELETE ?id=} of {@code /console/api/silences}. */
final class SilencePages {
    private static final int LARGEST_BODY = 16_384;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SilenceBook silences;

    SilencePages(SilenceBook silences) {
        this.silences = silences;
    }

    WebEndpoint on(EndpointPool threads) {
        return threads.withBody(LARGEST_BODY, (exchange, body) -> exchange.send(answer(exchange, body)));
    }

    private WebAnswer answer(WebExchange exchange, byte[] body) {
        try {
            return switch (exchange.method()) {
                case "GET", "HEAD" -> WebAnswer.json(silences.view());
                case "POST" -> WebAnswer.json(Map.of("id", silences.add(silence(body))));
                case "DELETE" -> {
                    silences.expire(new Query(exchange.query()).text("id").orElse(""));
                    yield WebAnswer.json(Map.of());
                }
                default -> WebAnswer.problem(405, "GET, POST or DELETE");
            };
        } catch (IllegalArgumentException e) {
            return WebAnswer.problem(400, e.getMessage());
        } catch (SilencesUnavailable e) {
            return WebAnswer.problem(503, e.getMessage());
        }
    }

    private static NewSilence silence(byte[] body) {
        try {
            NewSilence silence = JSON.readValue(body, NewSilence.class);
            if (silence == null) {
                throw new IllegalArgumentException("not a silence");
            }
            return silence;
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof IllegalArgumentException invalid) {
                throw invalid;
            }
            throw new IllegalArgumentException("not a silence as JSON", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a silence as JSON", e);
        }
    }
}
