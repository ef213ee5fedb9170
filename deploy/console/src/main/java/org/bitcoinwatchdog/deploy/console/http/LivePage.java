package org.bitcoinwatchdog.deploy.console.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.console.model.MessageStream;

/** One open page: what it is told, until it goes away. */
final class LivePage {
    private static final long PULSE_MS = 250;
    private static final int PULSES_PER_VIEW = 4;
    /** Pages of a fleet this large are told less often, so that a page costs the same. */
    private static final int NODES_PER_SECOND = 100;

    private final HttpExchange exchange;
    private final Views views;
    private final Optional<String> node;
    private final Optional<MessageStream> stream;
    private long alertsVersion = -1;
    private long silencesVersion = -1;
    private long nextFleetPulse;
    private volatile boolean ended;

    LivePage(HttpExchange exchange, Views views, Query query) {
        this.exchange = exchange;
        this.views = views;
        Optional<Long> peer = query.number("peer");
        this.node = query.text("node");
        this.stream = query.text("stream").isPresent() ? node.map(name -> views.fleet().follow(name, peer.orElse(null))) : Optional.empty();
    }

    void run() {
        try (exchange; OutputStream out = exchange.getResponseBody()) {
            for (long pulse = 0; !ended; pulse++) {
                tell(out, pulse);
                out.flush();
            }
        } catch (IOException e) {
            // The page was closed, which is how each of them ends.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stream.ifPresent(views.fleet()::unfollow);
        }
    }

    void end() {
        ended = true;
    }

    private void tell(OutputStream out, long pulse) throws IOException, InterruptedException {
        if (pulse >= nextFleetPulse) {
            var fleet = views.fleet().view();
            nextFleetPulse = pulse + (long) PULSES_PER_VIEW * (1 + fleet.nodes().size() / NODES_PER_SECOND);
            event(out, "fleet", fleet);
        }
        if (alertsVersion != views.alerts().version()) {
            alertsVersion = views.alerts().version();
            event(out, "alerts", views.alerts().view());
        }
        if (silencesVersion != views.silences().version()) {
            silencesVersion = views.silences().version();
            event(out, "silences", views.silences().view());
        }
        if (node.isPresent() && pulse % PULSES_PER_VIEW == 0) {
            event(out, "node", views.node(node.get()).map(Object.class::cast).orElse(Map.of("unknown", node.get())));
        }
        if (stream.isEmpty()) {
            Thread.sleep(PULSE_MS);
            return;
        }
        MessageStream.Batch batch = stream.get().take(PULSE_MS);
        if (!batch.lines().isEmpty()) {
            event(out, "messages", batch);
            Thread.sleep(PULSE_MS / 2);
        }
    }

    private static void event(OutputStream out, String name, Object data) throws IOException {
        out.write(("event: " + name + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
        out.write(Answer.jsonBytes(data));
        out.write("\n\n".getBytes(StandardCharsets.US_ASCII));
    }
}
