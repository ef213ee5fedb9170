package org.bitcoinwatchdog.deploy.console.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.http.WebAnswer;
import org.bitcoinwatchdog.deploy.http.WebServer.WebEndpoint;

/** The console's page, style and scripts, read once from the class path. Only the listed files are served. */
final class StaticPages {
    private static final String[] NAMES = {
        "index.html", "style.css", "parts.css",
        "main.js", "dom.js", "format.js", "link.js", "charts.js", "timeline.js", "controls.js", "keys.js",
        "fleet.js", "chain.js", "forks.js", "node.js", "peers.js", "addresses.js", "messages.js", "alert.js", "alerts.js", "silences.js",
    };

    private StaticPages() {
    }

    /** The files by path. */
    static Map<String, WebEndpoint> read() {
        Map<String, WebEndpoint> files = new LinkedHashMap<>();
        for (String name : NAMES) {
            files.put(name.equals("index.html") ? "/" : "/console/" + name, file(contentType(name), read(name)));
        }
        return files;
    }

    private static WebEndpoint file(String contentType, byte[] content) {
        WebAnswer file = WebAnswer.content(contentType, content);
        String tag = '"' + Integer.toHexString(Arrays.hashCode(content)) + '-' + content.length + '"';
        return exchange -> {
            if (!exchange.reads()) {
                exchange.send(WebAnswer.text(405, "only GET"));
                return;
            }
            boolean known = exchange.header("If-None-Match").equals(Optional.of(tag));
            exchange.with("Cache-Control", "no-cache").with("ETag", tag).send(known ? WebAnswer.empty(304) : file);
        };
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
