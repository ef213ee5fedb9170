package org.bitcoinwatchdog.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server on loopback that keeps all requests. It answers 200 unless the test sets another answer. */
public final class WebhookServer implements AutoCloseable {
    /** The request that was posted. */
    public record Request(String path, Map<String, String> headers, byte[] body) {
        public JsonNode json() {
            try {
                return new JsonMapper().readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public String id() {
            return headers.get("webhook-id");
        }

        /** {@code firing alice}, from Alertmanager's body. */
        public String line() {
            return json().get("status").asText() + " " + json().at("/alerts/0/labels/node").asText();
        }
    }

    /** How an exchange is answered. */
    public interface Answer {
        void to(HttpExchange exchange) throws Exception;
    }

    static {
        // The JDK's server sends head and body separately. Without this, the body waits 40 ms for the acknowledgement of the
        // head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> received = new CopyOnWriteArrayList<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private volatile Answer usual = status(200);

    public WebhookServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public static Answer status(int status, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            byte[] body = "answer ".concat(Integer.toString(status)).getBytes();
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        };
    }

    /** Sets the answers of the next requests, one each. */
    public WebhookServer then(Answer... next) {
        answers.addAll(List.of(next));
        return this;
    }

    /** Sets the answer of all other requests. */
    public WebhookServer always(Answer answer) {
        usual = answer;
        return this;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    public List<Request> received() {
        return received;
    }

    public List<String> lines() {
        return received.stream().map(Request::line).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        byte[] body = exchange.getRequestBody().readAllBytes();
        received.add(new Request(exchange.getRequestURI().toString(), headers, body));
        Answer next = answers.poll();
        try (exchange) {
            (next == null ? usual : next).to(exchange);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
