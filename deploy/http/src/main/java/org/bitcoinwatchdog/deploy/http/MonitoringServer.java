package org.bitcoinwatchdog.deploy.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Serves {@code /metrics} in Prometheus' format, {@code /healthz} (no part is kept from its work by a fault) and {@code /readyz} (each part
 * does its work now): a line for each thing that is asked, with 200 where all are well and 503 where one is not.
 */
public final class MonitoringServer implements AutoCloseable {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, MonitoringServer::thread);

    private record Answer(int status, String contentType, String body) {
        static Answer text(int status, String body) {
            return new Answer(status, "text/plain; charset=utf-8", body + "\n");
        }
    }

    private interface Page {
        Answer answer();
    }

    /** @throws IOException where the address can't be listened on */
    public MonitoringServer(HttpSettings settings, PrometheusMeterRegistry registry, HealthChecks checks)
            throws IOException {
        server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 16);
        server.setExecutor(threads);
        serve("/metrics", () -> new Answer(OK, "text/plain; version=0.0.4; charset=utf-8", registry.scrape()));
        serve("/healthz", () -> answer(checks.health()));
        serve("/readyz", () -> answer(checks.readiness()));
    }

    /** Serves others' pages too, under paths of theirs. */
    public void mount(Consumer<HttpServer> pages) {
        pages.accept(server);
    }

    public void start() {
        server.start();
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(String path, Page page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                if (!exchange.getRequestURI().getPath().equals(path)) {
                    send(exchange, Answer.text(NOT_FOUND, "not found"));
                } else if (!exchange.getRequestMethod().equals("GET")) {
                    send(exchange, Answer.text(METHOD_NOT_ALLOWED, "only GET"));
                } else {
                    send(exchange, page.answer());
                }
            }
        });
    }

    private static Answer answer(List<ReadinessCheck> checks) {
        StringBuilder lines = new StringBuilder();
        boolean ready = true;
        for (ReadinessCheck check : checks) {
            Readiness state = check.state().get();
            ready &= state.ready();
            lines.append(check.name()).append(": ").append(state.detail()).append('\n');
        }
        return Answer.text(ready ? OK : UNAVAILABLE, lines.isEmpty() ? "ok" : lines.toString().strip());
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "http");
        thread.setDaemon(true);
        return thread;
    }
}
