package org.bitcoinwatchdog.alerts.text;

import java.util.regex.Pattern;

/**
 * Makes text fit to be shown. A peer may have chosen parts of it (user agents, for one): it must not break lines it does
 * not own, reverse the reading direction, or run on without end.
 */
public final class PeerText {
    /** Control characters but line feed, and Unicode's invisible formatting, bidirectional overrides among it. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\n]]+");
    private static final String MORE = "...";

    private PeerText() {
    }

    /** Printable text of at most that many characters, lines kept. */
    public static String text(String text, int longest) {
        return cut(UNSEEN.matcher(text).replaceAll(" "), longest);
    }

    /** The same on one line. */
    public static String line(String text, int longest) {
        return cut(UNSEEN.matcher(text).replaceAll(" ").replaceAll("\\s+", " ").strip(), longest);
    }

    /** Never ends in the middle of a character. */
    public static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - MORE.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + MORE;
    }
}
