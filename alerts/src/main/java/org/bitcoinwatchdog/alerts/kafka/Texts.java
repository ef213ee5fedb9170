package org.bitcoinwatchdog.alerts.kafka;

import java.nio.charset.StandardCharsets;

/** Keys as Kafka has them. */
final class Texts {
    private Texts() {
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Empty for no key. */
    static String of(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
