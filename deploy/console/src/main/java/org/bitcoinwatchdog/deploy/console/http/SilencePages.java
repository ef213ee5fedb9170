package org.bitcoinwatchdog.deploy.console.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import org.bitcoinwatchdog.deploy.console.silence.NewSilence;
import org.bitcoinwatchdog.deploy.console.silence.SilenceBook;
import org.bitcoinwatchdog.deploy.console.silence.SilencesUnavailable;
import org.bitcoinwatchdog.deploy.http.Answer;
import org.bitcoinwatchdog.deploy.http.Endpoint;
import org.bitcoinwatchdog.deploy.http.EndpointPool;
import org.bitcoinwatchdog.deploy.http.Exchange;

/** {@code GET}, {@code POST} (a {@link NewSilence} as JSON) and {@code DELETE ?id=} of {@code /console/api/silences}. */
final class SilencePages {
    private static final int LARGEST_BODY = 16_384;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SilenceBook silences;

    SilencePages(SilenceBook silences) {
        this.silences = silences;
    }

    Endpoint on(EndpointPool threads) {
        return threads.withBody(LARGEST_BODY, (exchange, body) -> exchange.send(answer(exchange, body)));
    }

    private Answer answer(Exchange exchange, byte[] body) {
        try {
            return switch (exchange.method()) {
                case "GET", "HEAD" -> Answer.json(silences.view());
                case "POST" -> Answer.json(Map.of("id", silences.add(silence(body))));
                case "DELETE" -> {
                    silences.expire(new Query(exchange.query()).text("id").orElse(""));
                    yield Answer.json(Map.of());
                }
                default -> Answer.problem(405, "GET, POST or DELETE");
            };
        } catch (IllegalArgumentException e) {
            return Answer.problem(400, e.getMessage());
        } catch (SilencesUnavailable e) {
            return Answer.problem(503, e.getMessage());
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
