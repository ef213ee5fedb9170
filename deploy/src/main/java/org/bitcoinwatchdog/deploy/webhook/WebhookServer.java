package org.bitcoinwatchdog.deploy.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bitcoinwatchdog.alerts.sinks.WebhookSignature;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.bitcoinwatchdog.deploy.http.WebAnswer;
import org.bitcoinwatchdog.deploy.http.EndpointPool;
import org.bitcoinwatchdog.deploy.http.WebExchange;
import org.bitcoinwatchdog.deploy.http.WebServer;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;

/** A receiver for the demo and for tests: takes Alertmanager's webhook body on loopback and checks who signed it. */
public final class WebhookServer implements AutoCloseable {
    private static final int LARGEST_BODY = 1 << 20;
    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;

    private final WebhookSignature signature;
    private final Consumer<Received> received;
    private final Consumer<String> refused;
    private final ObjectMapper json = new ObjectMapper();
    private final WebServer server = new WebServer(new HttpSettings("127.0.0.1:0"));
    private final EndpointPool thread = new EndpointPool("webhook", 1, 16);

    /** One alert of a notification whose signature is valid. */
    public record Received(Alert alert, Instant at) {
    }

    /**
     * @param received gets each alert of a notification with a valid signature
     * @param refused  told, in a sentence, of every other notification
     */
    public WebhookServer(WebhookSignature signature, Consumer<Received> received, Consumer<String> refused) throws IOException {
        this.signature = signature;
        this.received = received;
        this.refused = refused;
        server.serve("/alerts", thread.withBody(LARGEST_BODY, (exchange, body) -> exchange.send(WebAnswer.empty(answer(exchange, body)))));
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + "/alerts");
    }

    @Override
    public void close() {
        server.close();
        thread.close();
    }

    private int answer(WebExchange exchange, byte[] body) {
        Instant now = Instant.now();
        Optional<String> fault = signature.fault(exchange.header("webhook-id").orElse(null), exchange.header("webhook-timestamp").orElse(null),
                exchange.header("webhook-signature").orElse(null), body, now);
        if (fault.isPresent()) {
            refused.accept("a notification was refused: " + fault.get());
            return UNAUTHORIZED;
        }
        try {
            for (JsonNode alert : json.readTree(body).path("alerts")) {
                received.accept(new Received(alert(alert, now), now));
            }
            return NO_CONTENT;
        } catch (IOException | RuntimeException e) {
            refused.accept("a notification could not be read: " + e.getMessage());
            return BAD_REQUEST;
        }
    }

    private static Alert alert(JsonNode alert, Instant now) {
        boolean firing = alert.path("status").asText().equals("firing");
        return new Alert(firing ? AlertStatus.FIRING : AlertStatus.RESOLVED,
                new TreeMap<>(texts(alert.path("labels"))), new TreeMap<>(texts(alert.path("annotations"))),
                Instant.parse(alert.path("startsAt").asText()), now,
                firing ? null : Instant.parse(alert.path("endsAt").asText()), null, null);
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.fields().forEachRemaining(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
