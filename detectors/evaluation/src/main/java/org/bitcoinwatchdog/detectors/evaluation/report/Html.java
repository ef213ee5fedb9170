package org.bitcoinwatchdog.detectors.evaluation.report;

/** Writes HTML; all text goes through {@link #escape}. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    Html text(String text) {
        out.append(escape(text));
        return this;
    }

    Html element(String name, String attributes, String text) {
        out.append('<').append(name);
        if (!attributes.isEmpty()) {
            out.append(' ').append(attributes);
        }
        out.append('>').append(escape(text)).append("</").append(name).append('>');
        return this;
    }

    Html element(String name, String text) {
        return element(name, "", text);
    }

    /** A row of cells; numbers are aligned by the style sheet. */
    Html row(String cell, String... texts) {
        out.append("<tr>");
        for (String text : texts) {
            element(cell, text);
        }
        out.append("</tr>\n");
        return this;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
