package org.bitcoinwatchdog.deploy.console.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The console's page, style and scripts, read once from the class path. Nothing but what is listed is served. */
final class StaticPages implements HttpHandler {
    private static final String[] NAMES = {
        "index.html", "style.css", "parts.css",
        "main.js", "dom.js", "format.js", "link.js", "charts.js", "timeline.js", "controls.js", "keys.js",
        "fleet.js", "node.js", "peers.js", "addresses.js", "messages.js", "alert.js", "alerts.js", "silences.js",
    };

    private final Map<String, Answer> files = new HashMap<>();
    private final Map<String, String> tags = new HashMap<>();

    StaticPages() {
        for (String name : NAMES) {
            byte[] content = read(name);
            String path = name.equals("index.html") ? "/" : "/console/" + name;
            files.put(path, Answer.file(contentType(name), content));
            tags.put(path, '"' + Integer.toHexString(Arrays.hashCode(content)) + '-' + content.length + '"');
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Answer file = files.get(path);
        if (file == null) {
            Answer.text(404, "not found").send(exchange);
            return;
        }
        String tag = tags.get(path);
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        exchange.getResponseHeaders().set("ETag", tag);
        if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            exchange.close();
        } else {
            file.send(exchange);
        }
    }

    private static byte[] read(String name) {
        try (InputStream in = StaticPages.class.getResourceAsStream("/console/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the console's file " + name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String contentType(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".html" -> "text/html; charset=utf-8";
            case ".css" -> "text/css; charset=utf-8";
            default -> "text/javascript; charset=utf-8";
        };
    }
}
