package org.bitcoinwatchdog.deploy.console.http;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bitcoinwatchdog.deploy.http.Answer;
import org.bitcoinwatchdog.deploy.http.Endpoint;

/** Snapshots as JSON, for scripts and for what the page asks once: {@code GET /console/api/fleet|node|addresses|alerts}. */
final class ViewPages {
    private final Views views;

    ViewPages(Views views) {
        this.views = views;
    }

    /** By path. */
    Map<String, Endpoint> pages() {
        return Map.of(
                "/console/api/fleet", page(node -> Answer.json(views.fleet().view())),
                "/console/api/alerts", page(node -> Answer.json(views.alerts().view())),
                "/console/api/node", page(node -> ofNode(node.flatMap(views::node))),
                "/console/api/addresses", page(node ->
                        ofNode(node.flatMap(views.fleet()::slash16sInBase64).map(counts -> Map.of("slash16s", counts)))));
    }

    /** @param answer from the parameter {@code node} */
    private static Endpoint page(Function<Optional<String>, Answer> answer) {
        return exchange -> {
            if (!exchange.reads()) {
                exchange.send(Answer.problem(405, "only GET"));
                return;
            }
            Optional<String> node;
            try {
                node = new Query(exchange.query()).text("node");
            } catch (IllegalArgumentException e) {
                exchange.send(Answer.problem(400, "node is a name, encoded as in node=alice%20smith"));
                return;
            }
            exchange.send(answer.apply(node));
        };
    }

    private static Answer ofNode(Optional<?> view) {
        return view.map(Answer::json).orElse(Answer.problem(404, "the console has not heard of this node"));
    }
}
