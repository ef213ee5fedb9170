package org.bitcoinwatchdog.deploy.console.http;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bitcoinwatchdog.deploy.http.WebAnswer;
import org.bitcoinwatchdog.deploy.http.WebServer.WebEndpoint;
import org.bitcoinwatchdog.events.ChainStatusSerde;

/** Snapshots as JSON, for scripts and for the page's single requests: {@code GET /console/api/fleet|node|addresses|alerts}. */
final class ViewPages {
    private final Views views;

    ViewPages(Views views) {
        this.views = views;
    }

    /** By path. */
    Map<String, WebEndpoint> pages() {
        return Map.of(
                "/console/api/fleet", page(node -> WebAnswer.json(views.fleet().view())),
                "/console/api/alerts", page(node -> WebAnswer.json(views.alerts().view())),
                "/console/api/node", page(node -> ofNode(node.flatMap(views::node))),
                "/console/api/addresses", page(node ->
                        ofNode(node.flatMap(views.fleet()::slash16sInBase64).map(counts -> Map.of("slash16s", counts)))));
    }

    /** For systems that credit deposits, {@code GET /chain?network=NAME}: see deposits.md. Without a network, all of them. */
    WebEndpoint chain() {
        return exchange -> {
            if (!exchange.reads()) {
                exchange.send(WebAnswer.problem(405, "only GET"));
                return;
            }
            try {
                Optional<String> network = new Query(exchange.query()).text("network");
                exchange.send(WebAnswer.content("application/json", network
                        .map(name -> ChainStatusSerde.write(views.chains().of(name, views.clock().instant())))
                        .orElseGet(() -> ChainStatusSerde.write(views.chains().at(views.clock().instant())))));
            } catch (IllegalArgumentException e) {
                exchange.send(WebAnswer.problem(400, "network is a name, as in network=main"));
            }
        };
    }

    /** @param answer from the parameter {@code node} */
    private static WebEndpoint page(Function<Optional<String>, WebAnswer> answer) {
        return exchange -> {
            if (!exchange.reads()) {
                exchange.send(WebAnswer.problem(405, "only GET"));
                return;
            }
            Optional<String> node;
            try {
                node = new Query(exchange.query()).text("node");
            } catch (IllegalArgumentException e) {
                exchange.send(WebAnswer.problem(400, "node is a name, encoded as in node=alice%20smith"));
                return;
            }
            exchange.send(answer.apply(node));
        };
    }

    private static WebAnswer ofNode(Optional<?> view) {
        return view.map(WebAnswer::json).orElse(WebAnswer.problem(404, "the console has not heard of this node"));
    }
}
