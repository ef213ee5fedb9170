package org.bitcoinwatchdog.deploy.console.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.bitcoinwatchdog.deploy.console.model.AlertBook;
import org.bitcoinwatchdog.deploy.console.model.AutonomousSystems;
import org.bitcoinwatchdog.deploy.console.model.Fleet;
import org.bitcoinwatchdog.deploy.console.silence.SilencesInMemory;

/** The console on a real server on loopback, with models that a test fills. */
public final class ServedConsole implements AutoCloseable {
    private final Fleet fleet = new Fleet(Clock.systemUTC(), AutonomousSystems.UNKNOWN);
    private final AlertBook alerts = new AlertBook();
    private final SilencesInMemory silences = new SilencesInMemory(Clock.systemUTC());
    private final ConsolePages pages;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    public ServedConsole(HttpSettings settings) throws IOException {
        pages = new ConsolePages(settings, new Views(fleet, alerts, silences, Clock.systemUTC()));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        pages.mount(server);
        server.start();
    }

    public static ServedConsole open() throws IOException {
        return new ServedConsole(new HttpSettings("127.0.0.1:0"));
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public Fleet fleet() {
        return fleet;
    }

    public AlertBook alerts() {
        return alerts;
    }

    public SilencesInMemory silences() {
        return silences;
    }

    int openPages() {
        return pages.openPages();
    }

    @Override
    public void close() {
        pages.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
