package org.bitcoinwatchdog.deploy.console.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Server-sent events: {@code GET /console/api/live?node=NAME&stream=1&peer=ID}. Each open page has a thread of its own, so
 * that one that doesn't read holds up no other, and the server's threads are free at once.
 */
final class LivePages implements HttpHandler, AutoCloseable {
    static final int PAGES = 32;

    private final Views views;
    private final ExecutorService threads = Executors.newCachedThreadPool(LivePages::thread);
    private final Set<LivePage> open = ConcurrentHashMap.newKeySet();

    LivePages(Views views) {
        this.views = views;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        LivePage page;
        try {
            page = new LivePage(exchange, views, new Query(exchange.getRequestURI()));
        } catch (IllegalArgumentException e) {
            Answer.problem(400, "node, stream and peer are a name, 1, and a number").send(exchange);
            return;
        }
        if (open.size() >= PAGES) {
            Answer.problem(503, "the console has " + PAGES + " pages open already").send(exchange);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        open.add(page);
        threads.execute(() -> {
            try {
                page.run();
            } finally {
                open.remove(page);
            }
        });
    }

    int openPages() {
        return open.size();
    }

    @Override
    public void close() {
        open.forEach(LivePage::end);
        threads.shutdownNow();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "console-page");
        thread.setDaemon(true);
        return thread;
    }
}
