package org.bitcoinwatchdog.deploy.http;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bitcoinwatchdog.deploy.http.WebServer.WebEndpoint;

/**
 * Threads for endpoints that need time, so that they never hold up health and metrics. A bounded number of requests is under
 * way, each counted until its client has read the answer. Those beyond are refused with 503.
 */
public final class EndpointPool implements AutoCloseable {
    private final ThreadPoolExecutor threads;
    private final Semaphore room;

    /** Like {@link WebEndpoint}, with the whole body. It may block. */
    public interface BodyEndpoint {
        void handle(WebExchange exchange, byte[] body) throws Exception;
    }

    /** @param most requests that wait, run, or are being answered */
    public EndpointPool(String name, int threads, int most) {
        this.threads = new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
        this.threads.allowCoreThreadTimeOut(true);
        this.room = new Semaphore(most);
    }

    /** The endpoint, on this pool's threads: it may block. */
    public WebEndpoint on(WebEndpoint endpoint) {
        return exchange -> {
            if (admit(exchange)) {
                run(exchange, () -> endpoint.handle(exchange));
            }
        };
    }

    /** The same, with the request's body. No thread waits for the body. */
    public WebEndpoint withBody(int largest, BodyEndpoint endpoint) {
        WebAnswer tooLarge = WebAnswer.problem(413, "the body has at most " + largest + " bytes");
        return exchange -> {
            if (exchange.announcesFarMoreThan(largest)) {
                exchange.send(tooLarge);
            } else if (admit(exchange)) {
                exchange.body(largest).whenComplete((body, failure) -> {
                    if (failure != null) {
                        exchange.send(WebAnswer.problem(400, "the body ended early, or has more than " + largest + " bytes"));
                    } else if (body.length > largest) {
                        exchange.send(tooLarge);
                    } else {
                        run(exchange, () -> endpoint.handle(exchange, body));
                    }
                });
            }
        };
    }

    /** How many more requests it takes now. */
    int room() {
        return room.availablePermits();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private interface PooledWork {
        void run() throws Exception;
    }

    private boolean admit(WebExchange exchange) {
        if (room.tryAcquire()) {
            exchange.onEnd(room::release);
            return true;
        }
        exchange.with("Retry-After", "5").send(WebAnswer.problem(503, "too many requests at once: try again in 5 seconds"));
        return false;
    }

    private void run(WebExchange exchange, PooledWork work) {
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } catch (Exception e) {
                    exchange.fail(e);
                }
            });
        } catch (RejectedExecutionException e) {
            exchange.send(WebAnswer.problem(503, "the watchdog is shutting down"));
        }
    }
}
