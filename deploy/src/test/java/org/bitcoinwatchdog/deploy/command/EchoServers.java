package org.bitcoinwatchdog.deploy.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP and a mail server that refuse everything and repeat in their answers what they were sent. */
final class EchoServers implements AutoCloseable {
    private final HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ServerSocket mail = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();

    EchoServers() throws IOException {
        http.setExecutor(threads);
        http.createContext("/", this::repeat);
        http.start();
        threads.execute(this::acceptMail);
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    int mailPort() {
        return mail.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        http.stop(0);
        mail.close();
        threads.shutdownNow();
    }

    /**
     * Answers with the address, the headers and the body in turn, since only the beginning of an answer is shown. The
     * last answer is final.
     */
    private void repeat(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int attempt = attempts.computeIfAbsent(exchange.getRequestURI().toString(), uri -> new AtomicInteger()).getAndIncrement();
            String echo = switch (attempt % 3) {
                case 0 -> exchange.getRequestURI().toString();
                case 1 -> exchange.getRequestHeaders().getOrDefault("Authorization", java.util.List.of()) + " "
                        + exchange.getRequestHeaders().getOrDefault("Webhook-signature", java.util.List.of());
                default -> body.substring(Math.max(0, body.indexOf("routing_key")));
            };
            byte[] answer = echo.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(attempt % 3 == 2 ? 403 : 500, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private void acceptMail() {
        while (!mail.isClosed()) {
            try {
                Socket client = mail.accept();
                threads.execute(() -> refuse(client));
            } catch (IOException e) {
                return; // closed, which ends the test
            }
        }
    }

    private static void refuse(Socket client) {
        try (client; BufferedReader lines = new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            say(client, "220 mail");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                say(client, line.startsWith("EHLO") ? "250-mail\r\n250 AUTH PLAIN" : "535 not with " + line);
            }
        } catch (IOException e) {
            // the client closed the connection
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
