package org.bitcoinwatchdog.deploy.console.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import org.bitcoinwatchdog.deploy.http.HttpSettings;

/** All of the console that a server serves, each page behind the guard. */
public final class ConsolePages implements AutoCloseable {
    private final Guard guard;
    private final Views views;
    private final LivePages live;
    private final SilencePages silences;

    /** @throws IllegalArgumentException where the console would stand open to other machines */
    public ConsolePages(HttpSettings settings, Views views) {
        this.guard = new Guard(new HostNames(settings), new Credentials(settings));
        this.views = views;
        this.live = new LivePages(views);
        this.silences = new SilencePages(views.silences());
    }

    /** @throws IllegalArgumentException where the console would stand open to other machines; says what to set */
    public static void requireAccessControl(HttpSettings settings) {
        new Credentials(settings);
    }

    public void mount(HttpServer server) {
        HttpHandler files = new StaticPages();
        serve(server, "/", files);
        serve(server, "/console/", files);
        serve(server, "/runbook", new RunbookPage());
        serve(server, "/console/api/", new ViewPages(views));
        serve(server, "/console/api/live", live);
        serve(server, "/console/api/silences", silences);
    }

    /** Pages that are told as it happens. */
    int openPages() {
        return live.openPages();
    }

    @Override
    public void close() {
        live.close();
        silences.close();
    }

    private void serve(HttpServer server, String path, HttpHandler pages) {
        server.createContext(path, pages).getFilters().add(guard);
    }
}
