package org.bitcoinwatchdog.deploy.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server: fixed paths, few threads, and limits that keep any client from holding it. The README says why it is Jetty
 * and what the limits are.
 */
public final class WebServer implements AutoCloseable {
    static final int HEADER_BYTES = 8_192;
    static final int CONNECTIONS = 1_024;
    /** One selects, the others parse and answer. Nothing blocks them. A connection has one task at a time in their queue. */
    static final int THREADS = 4;
    private static final int WAITING_TO_BE_ACCEPTED = 1_024;
    private static final int POOLED_BUFFER_BYTES = 1 << 20;
    /** Left alone, the kernel would take megabytes for each client that does not read. */
    private static final int SEND_BUFFER_BYTES = 1 << 16;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private final Server server;
    private final ServerConnector connector;
    private final OpenConnections connections;
    private volatile WebEndpoint others = exchange -> exchange.send(WebAnswer.text(404, "not found"));
    private final Map<String, WebEndpoint> endpoints = new ConcurrentSkipListMap<>();

    /** @throws IOException if it can't listen on the address */
    public WebServer(HttpSettings settings) throws IOException {
        this(settings, CONNECTIONS, TIME_LIMIT);
    }

    /** @param limit how long a request, or the pause before it, may last */
    WebServer(HttpSettings settings, int most, Duration limit) throws IOException {
        server = new Server(threads(), null, buffers());
        connector = new ServerConnector(server, null, null, null, 0, 1, http());
        connections = new OpenConnections(most, limit, connector.getScheduler());
        connector.addBean(connections);
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(WAITING_TO_BE_ACCEPTED);
        connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
        connector.setIdleTimeout(limit.toMillis());
        server.addConnector(connector);
        server.setStopTimeout(0);
        server.setHandler(new Dispatch());
        server.setErrorHandler(WebServer::answerError);
        connector.open();
    }

    /** Serves the path, which has neither parameters nor encoded characters. */
    public void serve(String path, WebEndpoint endpoint) {
        endpoints.put(path, endpoint);
    }

    /** Serves every other path. Without this they get 404. */
    public void serveOthers(WebEndpoint endpoint) {
        others = endpoint;
    }

    /** Every path that is served. */
    public Set<String> paths() {
        return Set.copyOf(endpoints.keySet());
    }

    /** @throws IllegalStateException if the server can't start its threads */
    public void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not start", e);
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
    }

    int openConnections() {
        return connections.size();
    }

    @Override
    public void close() {
        try {
            connector.close();
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop", e);
        }
    }

    private final class Dispatch extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Connection connection = request.getConnectionMetaData().getConnection();
            connections.touch(connection);
            WebExchange exchange = new WebExchange(request, response, callback, connections);
            exchange.onEnd(() -> connections.touch(connection));
            exchange.with("X-Content-Type-Options", "nosniff");
            WebEndpoint endpoint = Optional.ofNullable(endpoints.get(exchange.path())).orElse(others);
            try {
                endpoint.handle(exchange);
            } catch (Exception e) {
                exchange.fail(e);
            }
            return true;
        }
    }

    /** Answers a request that can't be parsed, or that a fault kept from its answer: neither leaves a word in it. */
    private static boolean answerError(Request request, Response response, Callback callback) {
        boolean fault = response.getStatus() == HttpStatus.INTERNAL_SERVER_ERROR_500;
        // Jetty answers some wrong requests with 501 or 505, which would count as faults of the watchdog.
        int status = response.getStatus() > 500 ? HttpStatus.BAD_REQUEST_400 : response.getStatus();
        String sentence = fault ? "the watchdog failed to answer: its log says why" : "not a request that can be answered";
        new WebExchange(request, response, callback, null).with("X-Content-Type-Options", "nosniff").send(WebAnswer.text(status, sentence));
        return true;
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2, (int) Duration.ofMinutes(1).toMillis());
        threads.setName("http");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        return threads;
    }

    /** Jetty would keep up to an eighth of the heap. */
    private static ArrayByteBufferPool buffers() {
        return new ArrayByteBufferPool(-1, -1, -1, -1, POOLED_BUFFER_BYTES, POOLED_BUFFER_BYTES);
    }

    private static HttpConnectionFactory http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setUseInputDirectByteBuffers(false);
        http.setUseOutputDirectByteBuffers(false);
        // Paths are compared with the served ones as they were sent, so an ambiguous one is simply not found.
        http.setUriCompliance(UriCompliance.UNSAFE);
        return new HttpConnectionFactory(http);
    }

    /** Serves one path of a {@link WebServer}. */
    @FunctionalInterface
    public interface WebEndpoint {
        /**
         * Answers the exchange, now or later from another thread. It must not block: the server's few threads also serve health
         * and metrics. {@link EndpointPool} takes endpoints that need time.
         */
        void handle(WebExchange exchange) throws Exception;
    }
}
