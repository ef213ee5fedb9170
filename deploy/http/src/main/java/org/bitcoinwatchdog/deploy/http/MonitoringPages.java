package org.bitcoinwatchdog.deploy.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.http.ReadinessCheck.ReadyState;
import org.bitcoinwatchdog.deploy.http.WebServer.WebEndpoint;

/**
 * {@code /metrics} in Prometheus' format, {@code /healthz} (no part has failed) and {@code /readyz} (every part does its work
 * now). The last two have a line for each check, and the status 503 if one of them fails.
 */
public final class MonitoringPages {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    /** Many requests at once share a scrape: its work and its memory are paid for once. */
    private static final long SCRAPE_AGE_NS = Duration.ofSeconds(1).toNanos();

    private final PrometheusMeterRegistry registry;
    private final HealthChecks checks;
    private final HostNames hostNames;
    private final Optional<Credentials> credentials;
    private Optional<Scrape> last = Optional.empty();

    private record Scrape(WebAnswer answer, long atNs) {
    }

    /** @throws IllegalArgumentException if the metrics need a password and its file can't be used */
    public MonitoringPages(HttpSettings settings, PrometheusMeterRegistry registry, HealthChecks checks) {
        this.registry = registry;
        this.checks = checks;
        this.hostNames = new HostNames(settings);
        this.credentials = settings.protectMetrics() ? Optional.of(new Credentials(settings)) : Optional.empty();
    }

    public void mount(WebServer server) {
        server.serve("/metrics", onlyReads(this::metrics));
        server.serve("/healthz", onlyReads(exchange -> exchange.send(answer(checks.health(), mayReadAll(exchange)))));
        server.serve("/readyz", onlyReads(exchange -> exchange.send(answer(checks.readiness(), mayReadAll(exchange)))));
    }

    private void metrics(WebExchange exchange) {
        if (!knownHost(exchange)) {
            exchange.send(WebAnswer.text(421, "the metrics are not served under this name: add it to http.hosts"));
        } else if (!hasPassword(exchange)) {
            exchange.with("WWW-Authenticate", "Basic realm=\"watchdog\", charset=\"UTF-8\"")
                    .send(WebAnswer.text(401, "user and password, or the token as password"));
        } else {
            exchange.send(scraped());
        }
    }

    private synchronized WebAnswer scraped() {
        long now = System.nanoTime();
        if (last.isEmpty() || now - last.get().atNs() > SCRAPE_AGE_NS) {
            last = Optional.of(new Scrape(
                    WebAnswer.content(PROMETHEUS_TEXT, registry.scrape().getBytes(StandardCharsets.UTF_8)), now));
        }
        return last.get().answer();
    }

    /** Details name nodes and sinks. Without the right to read them, a probe gets the status alone. */
    private boolean mayReadAll(WebExchange exchange) {
        return knownHost(exchange) && hasPassword(exchange);
    }

    /** A browser always sends a Host header, so a request without one is not from a stranger's page. */
    private boolean knownHost(WebExchange exchange) {
        return exchange.header("Host").map(hostNames::known).orElse(true);
    }

    private boolean hasPassword(WebExchange exchange) {
        return credentials.map(known -> known.open(exchange.header("Authorization"))).orElse(true);
    }

    private static WebEndpoint onlyReads(WebEndpoint endpoint) {
        return exchange -> {
            if (exchange.reads()) {
                endpoint.handle(exchange);
            } else {
                exchange.with("Allow", "GET, HEAD").send(WebAnswer.text(405, "only GET"));
            }
        };
    }

    private static WebAnswer answer(List<ReadinessCheck> checks, boolean withDetails) {
        StringBuilder lines = new StringBuilder();
        boolean ready = true;
        for (ReadinessCheck check : checks) {
            ReadyState state = check.state().get();
            ready &= state.ready();
            lines.append(check.name()).append(": ").append(state.detail()).append('\n');
        }
        if (!withDetails || lines.isEmpty()) {
            return WebAnswer.text(ready ? 200 : 503, ready ? "ok" : "not ok");
        }
        return WebAnswer.text(ready ? 200 : 503, lines.toString().strip());
    }
}
