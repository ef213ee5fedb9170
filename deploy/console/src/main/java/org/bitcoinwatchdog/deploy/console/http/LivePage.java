package org.bitcoinwatchdog.deploy.console.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.console.model.MessageStream;
import org.bitcoinwatchdog.deploy.http.WebAnswer;
import org.bitcoinwatchdog.deploy.http.EventStream;
import org.bitcoinwatchdog.events.ChainStatusSerde;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open page: the events that it gets, until it goes away. One thread at a time runs its pulses. */
final class LivePage {
    static final long PULSE_MS = 125;
    private static final Logger LOG = LoggerFactory.getLogger(LivePage.class);
    private static final int PULSES_PER_VIEW = 8;
    /** Pages of a larger fleet get it less often, so that a page costs the same. */
    private static final int NODES_PER_SECOND = 100;

    private final EventStream events;
    private final Views views;
    private final Optional<String> node;
    private final Optional<MessageStream> messages;
    private long pulse;
    private long nextFleetPulse;
    private long alertsVersion = -1;
    private long silencesVersion = -1;

    /** What the page asks for. */
    record Wish(Optional<String> node, boolean messages, Optional<Long> peer) {
        /** @throws IllegalArgumentException if a parameter can't be read */
        static Wish of(Query query) {
            return new Wish(query.text("node"), query.text("stream").isPresent(), query.number("peer"));
        }
    }

    LivePage(EventStream events, Views views, Wish wish) {
        this.events = events;
        this.views = views;
        this.node = wish.node();
        this.messages = wish.messages() ? node.map(name -> views.fleet().follow(name, wish.peer().orElse(null))) : Optional.empty();
    }

    /** Sends the events that are due. A page that has not taken the last ones gets no more; its message stream drops the oldest lines. */
    void pulse() {
        if (!events.ready()) {
            return;
        }
        try {
            ByteArrayOutputStream due = new ByteArrayOutputStream();
            collect(due);
            pulse++;
            if (due.size() > 0) {
                events.send(due.toByteArray());
            }
        } catch (RuntimeException e) {
            LOG.error("a page of the console could not be updated", e);
            events.fail(e);
        }
    }

    void end() {
        messages.ifPresent(views.fleet()::unfollow);
        events.close();
    }

    private void collect(ByteArrayOutputStream due) {
        if (pulse >= nextFleetPulse) {
            var fleet = views.fleet().view();
            nextFleetPulse = pulse + (long) PULSES_PER_VIEW * (1 + fleet.nodes().size() / NODES_PER_SECOND);
            event(due, "fleet", fleet);
            event(due, "chains", ChainStatusSerde.write(views.chains().at(views.clock().instant())));
        }
        if (alertsVersion != views.alerts().version()) {
            alertsVersion = views.alerts().version();
            event(due, "alerts", views.alerts().view());
        }
        if (silencesVersion != views.silences().version()) {
            silencesVersion = views.silences().version();
            event(due, "silences", views.silences().view());
        }
        if (node.isPresent() && pulse % PULSES_PER_VIEW == 0) {
            event(due, "node", views.node(node.get()).map(Object.class::cast).orElse(Map.of("unknown", node.get())));
        }
        messages.map(MessageStream::take).filter(batch -> !batch.lines().isEmpty()).ifPresent(batch -> event(due, "messages", batch));
    }

    private static void event(ByteArrayOutputStream due, String name, Object data) {
        event(due, name, WebAnswer.jsonBytes(data));
    }

    private static void event(ByteArrayOutputStream due, String name, byte[] json) {
        due.writeBytes(("event: " + name + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
        due.writeBytes(json);
        due.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
    }
}
