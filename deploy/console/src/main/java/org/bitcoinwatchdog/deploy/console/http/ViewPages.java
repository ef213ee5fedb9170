package org.bitcoinwatchdog.deploy.console.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Snapshots as JSON, for scripts and for what the page asks once: {@code GET /console/api/fleet|node|addresses|alerts}. */
final class ViewPages implements HttpHandler {
    private final Views views;

    ViewPages(Views views) {
        this.views = views;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            answer(exchange).send(exchange);
        } else {
            Answer.problem(405, "only GET").send(exchange);
        }
    }

    private Answer answer(HttpExchange exchange) {
        Optional<String> node;
        try {
            node = new Query(exchange.getRequestURI()).text("node");
        } catch (IllegalArgumentException e) {
            return Answer.problem(400, "node is a name");
        }
        return switch (exchange.getRequestURI().getPath()) {
            case "/console/api/fleet" -> Answer.json(views.fleet().view());
            case "/console/api/alerts" -> Answer.json(views.alerts().view());
            case "/console/api/node" -> node.flatMap(views::node).map(Answer::json).orElseGet(ViewPages::unknownNode);
            case "/console/api/addresses" -> node.flatMap(views.fleet()::slash16sInBase64)
                    .map(counts -> Answer.json(Map.of("slash16s", counts))).orElseGet(ViewPages::unknownNode);
            default -> Answer.problem(404, "not found");
        };
    }

    private static Answer unknownNode() {
        return Answer.problem(404, "the console has not heard of this node");
    }
}
