package org.bitcoinwatchdog.events;

import java.nio.charset.StandardCharsets;

/**
 * Makes text safe to show that a peer, a wallet's owner or a server chose. An unsafe character has no shape of its own,
 * but changes how a terminal, a log or a page shows the rest: control characters, line separators, bidirectional
 * overrides and other invisible formatting. Escaping for a format such as HTML is up to the writer of that format.
 */
public final class SafeText {
    private static final char REPLACEMENT = '\ufffd';
    private static final String MORE = "...";

    private SafeText() {
    }

    /** UTF-8 as one line. Each unsafe character, and each byte that is not UTF-8, becomes U+FFFD. */
    public static String ofUtf8(byte[] utf8, int length) {
        for (int i = 0; i < length; i++) {
            if (utf8[i] < ' ' || utf8[i] == 0x7f) {
                return of(new String(utf8, 0, length, StandardCharsets.UTF_8));
            }
        }
        return new String(utf8, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** The text as one line: each unsafe character becomes U+FFFD. Null is the empty text. */
    public static String of(String text) {
        return replaced(text, false);
    }

    /** The same, {@linkplain #cut cut} to a length. */
    public static String of(String text, int longest) {
        return text == null ? "" : of(cut(text, longest));
    }

    /** Like {@link #of(String)}, but line feeds stay. */
    public static String lines(String text) {
        return replaced(text, true);
    }

    /** One line of prose: unsafe characters and white space become single spaces. The text is cut to a length. */
    public static String proseLine(String text, int longest) {
        return cut(spaced(text, false), longest);
    }

    /** Prose of several lines: each run of unsafe characters becomes one space. The text is cut to a length. */
    public static String prose(String text, int longest) {
        return cut(spaced(text, true), longest);
    }

    /** At most that many characters, with {@code ...} at the end of a longer text. No character is cut in half. */
    public static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - MORE.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + MORE;
    }

    /** Whether a character shows as itself and leaves the rest of the text alone. */
    public static boolean safe(int codePoint) {
        if (codePoint >= ' ' && codePoint < 0x7f) {
            return true;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String replaced(String text, boolean keepLineFeeds) {
        if (text == null) {
            return "";
        }
        if (text.codePoints().allMatch(SafeText::safe)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> shown.appendCodePoint(safe(c) || keepLineFeeds && c == '\n' ? c : REPLACEMENT));
        return shown.toString();
    }

    private static String spaced(String text, boolean keepWhiteSpace) {
        StringBuilder prose = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean shown = keepWhiteSpace ? safe(c) || c == '\n' : safe(c) && !Character.isWhitespace(c);
            if (shown) {
                prose.append(gap ? " " : "").appendCodePoint(c);
            }
            gap = !shown;
        }
        String spaced = gap ? prose.append(' ').toString() : prose.toString();
        return keepWhiteSpace ? spaced : spaced.strip();
    }
}
