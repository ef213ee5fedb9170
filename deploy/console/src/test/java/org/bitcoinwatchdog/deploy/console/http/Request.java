package org.bitcoinwatchdog.deploy.console.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** One request as bytes on a socket, since an HTTP client does not let a test lie about Host and Origin. */
final class Request {
    /** @param headers by name, without regard to case */
    record Response(int status, Map<String, String> headers, String body) {
    }

    private final InetSocketAddress server;
    private final String line;
    private final Map<String, String> headers = new TreeMap<>();
    private String body = "";

    private Request(InetSocketAddress server, String line) {
        this.server = server;
        this.line = line;
        headers.put("Host", "127.0.0.1:" + server.getPort());
        headers.put("Connection", "close");
    }

    static Request get(InetSocketAddress server, String path) {
        return new Request(server, "GET " + path);
    }

    static Request post(InetSocketAddress server, String path, String body) {
        Request request = new Request(server, "POST " + path);
        request.body = body;
        return request.with("Content-Length", String.valueOf(body.getBytes(StandardCharsets.UTF_8).length));
    }

    static Request delete(InetSocketAddress server, String path) {
        return new Request(server, "DELETE " + path);
    }

    Request with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Request without(String header) {
        headers.remove(header);
        return this;
    }

    Response send() throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            StringBuilder asked = new StringBuilder(line + " HTTP/1.1\r\n");
            headers.forEach((name, value) -> asked.append(name).append(": ").append(value).append("\r\n"));
            socket.getOutputStream().write((asked + "\r\n" + body).getBytes(StandardCharsets.UTF_8));
            return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Response parse(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        String[] lines = answer.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        return new Response(Integer.parseInt(lines[0].split(" ")[1]), headers, answer.substring(end + 4));
    }
}
