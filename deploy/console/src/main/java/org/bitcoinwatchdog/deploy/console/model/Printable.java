package org.bitcoinwatchdog.deploy.console.model;

/**
 * A text that a peer may have chosen, made fit for a screen: cut to a length, and rid of what has no shape of its own
 * but changes how the rest is read (control characters, bidirectional overrides, line separators, lone surrogates).
 * Not an escape for HTML: the page sets text only.
 */
final class Printable {
    private static final char REPLACEMENT = '\uFFFD';

    private Printable() {
    }

    static String of(String text) {
        return of(text, Bounds.TEXT);
    }

    /** @param max characters, an ellipsis included where the text was longer */
    static String of(String text, int max) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        StringBuilder shown = new StringBuilder(Math.min(text.length(), max));
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            if (shown.length() >= max - 1 && at + Character.charCount(character) < text.length()) {
                return shown.append('…').toString();
            }
            shown.appendCodePoint(hasShape(character) ? character : REPLACEMENT);
            at += Character.charCount(character);
        }
        return shown.toString();
    }

    private static boolean hasShape(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
