package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "/Satoshi:31.0.0/", "na\u00efve \u20bf", "\ud83d\ude80"})
    void keepsWhatCanBeRead(String text) {
        assertThat(of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\u0000", "\u001b", "\n", "\r", "\t", "\u007f", "\u0085", "\u009b", "\u00ad", "\u200b", "\u202e", "\u2028", "\u2029",
        "\u2066", "\ufeff", "\udb40\udc41"})
    void replacesWhatDrivesATerminalOrCannotBeSeen(String text) {
        assertThat(of(("a" + text + "b").getBytes(StandardCharsets.UTF_8))).isEqualTo("a\ufffdb");
    }

    @Test
    void replacesBytesThatAreNoUtf8() {
        assertThat(of(new byte[] {'a', (byte) 0xff, (byte) 0xc3, 'b', (byte) 0xed, (byte) 0xa0, (byte) 0x80}))
                .startsWith("a\ufffd\ufffdb\ufffd");
    }

    private static String of(byte[] bytes) {
        return SafeText.of(bytes, bytes.length);
    }
}
