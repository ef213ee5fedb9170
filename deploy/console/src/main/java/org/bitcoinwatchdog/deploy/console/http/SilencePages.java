package org.bitcoinwatchdog.deploy.console.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bitcoinwatchdog.deploy.console.silence.NewSilence;
import org.bitcoinwatchdog.deploy.console.silence.SilenceBook;
import org.bitcoinwatchdog.deploy.console.silence.SilencesUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET}, {@code POST} (a {@link NewSilence} as JSON) and {@code DELETE ?id=} of {@code /console/api/silences}, in a
 * thread of their own: a write waits for Kafka, and must not hold up metrics and health meanwhile.
 */
final class SilencePages implements HttpHandler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SilencePages.class);
    private static final int LARGEST_BODY = 16_384;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SilenceBook silences;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(SilencePages::thread);

    SilencePages(SilenceBook silences) {
        this.silences = silences;
    }

    @Override
    public void handle(HttpExchange exchange) {
        thread.execute(() -> {
            try (exchange) {
                answer(exchange).send(exchange);
            } catch (IOException e) {
                LOG.debug("who asked for silences is gone", e);
            }
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        try {
            return switch (exchange.getRequestMethod()) {
                case "GET" -> Answer.json(silences.view());
                case "POST" -> Answer.json(Map.of("id", silences.add(asked(exchange))));
                case "DELETE" -> {
                    silences.expire(new Query(exchange.getRequestURI()).text("id").orElse(""));
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

    private static NewSilence asked(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new IllegalArgumentException("a silence has at most " + LARGEST_BODY + " bytes");
        }
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
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "console-silences");
        thread.setDaemon(true);
        return thread;
    }
}
