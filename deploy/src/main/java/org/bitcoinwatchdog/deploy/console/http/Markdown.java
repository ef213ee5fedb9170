package org.bitcoinwatchdog.deploy.console.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the runbook uses of Markdown, as HTML: headings, paragraphs, numbered lists, emphasis, strong, and code. */
final class Markdown {
    private Markdown() {
    }

    static String html(String text) {
        return Arrays.stream(text.strip().split("\\n\\s*\\n")).map(Markdown::block).collect(Collectors.joining("\n", "", "\n"));
    }

    /** A block is what stands between empty lines. */
    private static String block(String block) {
        if (block.startsWith("## ")) {
            String title = block.substring(3);
            // As the links in alerts have it, and as hosts of repositories make it.
            return "<h2 id=\"" + escaped(title.toLowerCase(Locale.ROOT)) + "\">" + inline(title) + "</h2>";
        }
        if (block.startsWith("# ")) {
            return "<h1>" + inline(block.substring(2)) + "</h1>";
        }
        StringBuilder html = new StringBuilder();
        String[] items = block.split("(?m)^\\d+\\. ");
        if (!items[0].isBlank()) {
            html.append("<p>").append(inline(items[0].strip())).append("</p>");
        }
        if (items.length > 1) {
            html.append("<ol>");
            for (int i = 1; i < items.length; i++) {
                html.append("<li>").append(inline(items[i].strip())).append("</li>");
            }
            html.append("</ol>");
        }
        return html.toString();
    }

    /** Code first: within it nothing else means anything. */
    private static String inline(String text) {
        StringBuilder html = new StringBuilder();
        String[] parts = escaped(text.replaceAll("\\s*\\n\\s*", " ")).split("`", -1);
        for (int i = 0; i < parts.length; i++) {
            html.append(i % 2 == 1 ? "<code>" + parts[i] + "</code>" : emphasized(parts[i]));
        }
        return html.toString();
    }

    private static String emphasized(String text) {
        return text.replaceAll("\\*\\*([^*]+)\\*\\*", "<strong>$1</strong>").replaceAll("\\*([^*]+)\\*", "<em>$1</em>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
