package org.bitcoinwatchdog.deploy.console.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bitcoinwatchdog.deploy.http.WebAnswer;
import org.bitcoinwatchdog.deploy.http.WebExchange;
import org.bitcoinwatchdog.deploy.http.WebServer.WebEndpoint;

/**
 * Server-sent events: {@code GET /console/api/live?node=NAME&stream=1&peer=ID}. A page first takes one of the places; only
 * then does it follow a node. Both end with its connection.
 */
final class LivePages implements WebEndpoint, AutoCloseable {
    static final int PAGES = 32;
    private static final int THREADS = 2;

    private final Views views;
    private final Semaphore places = new Semaphore(PAGES);
    private final Set<LivePage> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, LivePages::thread);

    LivePages(Views views) {
        this.views = views;
    }

    @Override
    public void handle(WebExchange exchange) {
        LivePage.Wish wish;
        try {
            wish = LivePage.Wish.of(new Query(exchange.query()));
        } catch (IllegalArgumentException e) {
            exchange.send(WebAnswer.problem(400, "node, stream and peer are a name, 1, and a number"));
            return;
        }
        if (!exchange.method().equals("GET")) {
            exchange.send(WebAnswer.problem(405, "only GET"));
        } else if (places.tryAcquire()) {
            exchange.onEnd(places::release);
            open(exchange, wish);
        } else {
            exchange.send(WebAnswer.problem(503, "the console has " + PAGES + " pages open already"));
        }
    }

    private void open(WebExchange exchange, LivePage.Wish wish) {
        LivePage page = new LivePage(exchange.stream(), views, wish);
        open.add(page);
        exchange.onEnd(() -> {
            open.remove(page);
            page.end();
        });
        pulse(page);
    }

    private void pulse(LivePage page) {
        try {
            threads.schedule(() -> {
                page.pulse();
                if (open.contains(page)) {
                    pulse(page);
                }
            }, LivePage.PULSE_MS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            page.end(); // the console closes
        }
    }

    int openPages() {
        return open.size();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        open.forEach(LivePage::end);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "console-page");
        thread.setDaemon(true);
        return thread;
    }
}
