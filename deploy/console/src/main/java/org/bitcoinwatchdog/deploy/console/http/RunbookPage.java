package org.bitcoinwatchdog.deploy.console.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bitcoinwatchdog.deploy.http.WebAnswer;
import org.bitcoinwatchdog.deploy.http.WebExchange;
import org.bitcoinwatchdog.deploy.http.WebServer.WebEndpoint;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** The runbook, to which alerts link: what each alert means and what to do. It is the repository's runbook.md. */
final class RunbookPage implements WebEndpoint {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="dark light">
            <title>Runbook - watchdog</title>
            <link rel="stylesheet" href="/console/style.css">
            <link rel="stylesheet" href="/console/parts.css">
            </head>
            <body>
            <main class="runbook">
            <p><a class="text" href="/">Console</a></p>
            %s</main>
            </body>
            </html>
            """;

    private final WebAnswer page;

    RunbookPage() {
        page = WebAnswer.content("text/html; charset=utf-8", PAGE.formatted(html(read())).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void handle(WebExchange exchange) {
        exchange.send(exchange.reads() ? page : WebAnswer.text(405, "only GET"));
    }

    /** Headings have the anchors that the links in alerts name, in lower case. */
    private static String html(String markdown) {
        HtmlRenderer renderer = HtmlRenderer.builder()
                .extensions(List.of(HeadingAnchorExtension.create())).escapeHtml(true).sanitizeUrls(true).build();
        return renderer.render(Parser.builder().build().parse(markdown));
    }

    private static String read() {
        try (InputStream in = RunbookPage.class.getResourceAsStream("/runbook.md")) {
            if (in == null) {
                throw new IllegalStateException("the runbook is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
