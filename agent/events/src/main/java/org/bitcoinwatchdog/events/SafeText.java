package org.bitcoinwatchdog.events;

import java.nio.charset.StandardCharsets;

/**
 * Text that a peer or a wallet's owner chose, made fit for terminals, logs and web pages: bytes that are no UTF-8,
 * control characters, line separators and invisible formatting (which can turn the direction of what follows) each
 * become U+FFFD. Length is bounded by the caller.
 */
public final class SafeText {
    private static final int REPLACEMENT = 0xfffd;

    private SafeText() {
    }

    public static String of(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] < ' ' || bytes[i] == 0x7f) {
                return cleaned(new String(bytes, 0, length, StandardCharsets.UTF_8));
            }
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static String cleaned(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(harmless(c) ? c : REPLACEMENT));
        return clean.toString();
    }

    private static boolean harmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
