package org.bitcoinwatchdog.agent.recording;

import java.nio.ByteBuffer;

/** Bytes as a recording has them: two hex digits each. */
final class HexBytes {
    private static final byte[] DIGITS = digits();

    private HexBytes() {
    }

    /** Puts the first {@code count} bytes of the hex string; false if a character is not a hex digit. */
    static boolean put(String hex, int count, ByteBuffer into) {
        int invalid = 0;
        for (int i = 0; i < count; i++) {
            int high = digit(hex.charAt(2 * i));
            int low = digit(hex.charAt(2 * i + 1));
            invalid |= high | low;
            into.put((byte) (high << 4 | low));
        }
        return invalid >= 0;
    }

    private static int digit(char c) {
        return c < DIGITS.length ? DIGITS[c] : -1;
    }

    private static byte[] digits() {
        byte[] digits = new byte['f' + 1];
        for (char c = 0; c < digits.length; c++) {
            digits[c] = (byte) Character.digit(c, 16);
        }
        return digits;
    }
}
