package org.bitcoinwatchdog.deploy.console.http;

import org.bitcoinwatchdog.deploy.http.Credentials;
import org.bitcoinwatchdog.deploy.http.EndpointPool;
import org.bitcoinwatchdog.deploy.http.HostNames;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.bitcoinwatchdog.deploy.http.WebAnswer;
import org.bitcoinwatchdog.deploy.http.WebServer.WebEndpoint;
import org.bitcoinwatchdog.deploy.http.WebServer;

/** Everything of the console that a server serves, each path behind the guard. */
public final class ConsolePages implements AutoCloseable {
    private static final int VIEW_THREADS = 2;
    private static final int VIEWS_AT_ONCE = 64;
    private static final int SILENCES_AT_ONCE = 16;

    private final Guard guard;
    private final Views views;
    private final LivePages live;
    private final SilencePages silences;
    private final EndpointPool viewThreads = new EndpointPool("console-views", VIEW_THREADS, VIEWS_AT_ONCE);
    /** A write waits for Kafka: it holds up no view. */
    private final EndpointPool silenceThread = new EndpointPool("console-silences", 1, SILENCES_AT_ONCE);

    /** @throws IllegalArgumentException if other machines could open the console without a password */
    public ConsolePages(HttpSettings settings, Views views) {
        this.guard = new Guard(new HostNames(settings), new Credentials(settings));
        this.views = views;
        this.live = new LivePages(views);
        this.silences = new SilencePages(views.silences());
    }

    /** @throws IllegalArgumentException if other machines could open the console without a password; says what to set */
    public static void requireAccessControl(HttpSettings settings) {
        new Credentials(settings);
    }

    public void mount(WebServer server) {
        StaticPages.read().forEach((path, page) -> serve(server, path, page));
        serve(server, "/runbook", new RunbookPage());
        new ViewPages(views).pages().forEach((path, page) -> serve(server, path, viewThreads.on(page)));
        serve(server, "/chain", viewThreads.on(new ViewPages(views).chain()));
        serve(server, "/console/api/live", live);
        serve(server, "/console/api/silences", silences.on(silenceThread));
        server.serveOthers(guard.before(exchange -> exchange.send(WebAnswer.text(404, "not found"))));
    }

    /** Pages that get events as they happen. */
    int openPages() {
        return live.openPages();
    }

    @Override
    public void close() {
        live.close();
        viewThreads.close();
        silenceThread.close();
    }

    private void serve(WebServer server, String path, WebEndpoint page) {
        server.serve(path, guard.before(page));
    }
}
