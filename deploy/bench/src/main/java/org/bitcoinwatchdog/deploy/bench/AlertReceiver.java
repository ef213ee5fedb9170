package org.bitcoinwatchdog.deploy.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.RouteSettings;
import org.bitcoinwatchdog.alerts.sinks.SinkSettings;
import org.bitcoinwatchdog.alerts.sinks.Webhook;
import org.bitcoinwatchdog.deploy.http.WebAnswer;
import org.bitcoinwatchdog.deploy.http.EndpointPool;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.bitcoinwatchdog.deploy.http.WebServer;

/** A webhook on loopback that records when it receives each state of each alert. */
final class AlertReceiver implements AutoCloseable {
    private static final int LARGEST_BODY = 1 << 24;

    private final WebServer server;
    private final EndpointPool threads = new EndpointPool("bench-webhook", 4, 1_024);
    private final JsonFactory json = new JsonFactory();
    private final AtomicLong notifications = new AtomicLong();
    private final OnReceived heard;

    interface OnReceived {
        /**
         * @param startsAt when the alert began, ISO 8601
         * @param nanoTime when the request's head was there
         */
        void of(String fingerprint, boolean firing, String startsAt, long nanoTime);
    }

    /** @throws IOException if no server can be opened on loopback */
    AlertReceiver(OnReceived heard) throws IOException {
        this.heard = heard;
        server = new WebServer(new HttpSettings("127.0.0.1:0"));
        server.serve("/", exchange -> {
            long now = System.nanoTime();
            threads.withBody(LARGEST_BODY, (its, body) -> {
                its.send(WebAnswer.empty(200));
                notifications.incrementAndGet();
                note(body, now);
            }).handle(exchange);
        });
        server.start();
    }

    /** Everything goes to this receiver, as soon as it can, grouped by that label. */
    AlertSettings settings(String groupBy) {
        SinkSettings sink = new Webhook(
                "bench", Optional.of(url()), Optional.empty(), Optional.empty(), Optional.of(true));
        RouteSettings route = new RouteSettings(Optional.empty(), List.of(sink.name()), Optional.empty(),
                Optional.of(List.of(groupBy)), Optional.of(Duration.ZERO), Optional.of(Duration.ZERO), Optional.empty());
        return AlertSettings.defaults().withSinks(sink).withRoutes(route);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + "/");
    }

    long notifications() {
        return notifications.get();
    }

    @Override
    public void close() {
        server.close();
        threads.close();
    }

    /** In Alertmanager's body the fingerprint of an alert follows its status and its times. */
    private void note(byte[] body, long now) throws IOException {
        try (JsonParser parser = json.createParser(body)) {
            String status = "";
            String startsAt = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && "status".equals(parser.currentName())) {
                    status = parser.getText();
                } else if (token == JsonToken.VALUE_STRING && "startsAt".equals(parser.currentName())) {
                    startsAt = parser.getText();
                } else if (token == JsonToken.VALUE_STRING && "fingerprint".equals(parser.currentName())) {
                    heard.of(parser.getText(), "firing".equals(status), startsAt, now);
                }
            }
        }
    }
}
