package org.bitcoinwatchdog.deploy.console.http;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.bitcoinwatchdog.deploy.console.model.AlertBook;
import org.bitcoinwatchdog.deploy.console.model.AutonomousSystems;
import org.bitcoinwatchdog.deploy.console.model.ChainStatuses;
import org.bitcoinwatchdog.deploy.console.model.Fleet;
import org.bitcoinwatchdog.deploy.console.silence.SilencesInMemory;
import org.bitcoinwatchdog.deploy.http.HealthChecks;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.bitcoinwatchdog.deploy.http.MonitoringPages;
import org.bitcoinwatchdog.deploy.http.WebServer;

/**
 * The console and the monitoring pages on a real server on loopback, as in {@code watchdog up}, with models that a test
 * fills.
 */
public final class ServedConsole implements AutoCloseable {
    private final Fleet fleet = new Fleet(Clock.systemUTC(), AutonomousSystems.UNKNOWN);
    private final AlertBook alerts = new AlertBook();
    private final ChainStatuses chains = new ChainStatuses();
    private final SilencesInMemory silences = new SilencesInMemory(Clock.systemUTC());
    private final ConsolePages pages;
    private final WebServer server;

    public ServedConsole(HttpSettings settings) throws IOException {
        pages = new ConsolePages(settings, new Views(fleet, alerts, chains, silences, Clock.systemUTC()));
        server = new WebServer(settings);
        pages.mount(server);
        new MonitoringPages(settings, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), new HealthChecks()).mount(server);
        server.start();
    }

    public static ServedConsole open() throws IOException {
        return new ServedConsole(new HttpSettings("127.0.0.1:0"));
    }

    public InetSocketAddress address() {
        return server.address();
    }

    public String url() {
        return "http://127.0.0.1:" + server.address().getPort();
    }

    public Fleet fleet() {
        return fleet;
    }

    public AlertBook alerts() {
        return alerts;
    }

    public ChainStatuses chains() {
        return chains;
    }

    public SilencesInMemory silences() {
        return silences;
    }

    public WebServer server() {
        return server;
    }

    int openPages() {
        return pages.openPages();
    }

    @Override
    public void close() {
        pages.close();
        server.close();
    }
}
