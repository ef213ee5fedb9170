package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "/Satoshi:31.0.0/", "na\u00efve \u20bf", "\ud83d\ude80", "\u7b2c\u4e00"})
    void keepsWhatCanBeRead(String text) {
        assertThat(of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
        assertThat(SafeText.of(text)).isEqualTo(text);
        assertThat(SafeText.lines(text)).isEqualTo(text);
        assertThat(SafeText.prose(text, 100)).isEqualTo(text);
        assertThat(SafeText.proseLine(text, 100)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\u0000", "\u001b", "\n", "\r", "\t", "\u007f", "\u0085", "\u009b", "\u00ad", "\u200b", "\u202e", "\u2028", "\u2029",
        "\u2066", "\ufeff", "\udb40\udc41", "\ue000", "\uffff"})
    void replacesWhatDrivesATerminalOrCannotBeSeen(String unsafe) {
        String text = "a" + unsafe + "b";
        assertThat(of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo("a\ufffdb");
        assertThat(SafeText.of(text)).isEqualTo("a\ufffdb");
        assertThat(SafeText.lines(text)).isEqualTo(unsafe.equals("\n") ? text : "a\ufffdb");
        assertThat(SafeText.proseLine(text, 100)).isEqualTo("a b");
        assertThat(SafeText.prose(text, 100)).isEqualTo(unsafe.equals("\n") ? text : "a b");
    }

    @Test
    void replacesBytesThatAreNotUtf8() {
        assertThat(of(new byte[] {'a', (byte) 0xff, (byte) 0xc3, 'b', (byte) 0xed, (byte) 0xa0, (byte) 0x80}))
                .startsWith("a\ufffd\ufffdb\ufffd");
    }

    @Test
    void replacesLoneHalvesOfCharacters() {
        assertThat(SafeText.of("a\ud800b")).isEqualTo("a\ufffdb");
        assertThat(SafeText.of("\ud83d\udc15")).isEqualTo("\ud83d\udc15");
    }

    @Test
    void aMissingTextIsEmpty() {
        assertThat(SafeText.of((String) null)).isEmpty();
        assertThat(SafeText.of(null, 10)).isEmpty();
        assertThat(SafeText.lines(null)).isEmpty();
    }

    @Test
    void proseHasOneSpaceForARunOfUnsafeCharacters() {
        assertThat(SafeText.proseLine("\ta\u0000b\u202ec\u200bd\r\ne\u2028f \u0007", 100)).isEqualTo("a b c d e f");
        assertThat(SafeText.prose("one\ntwo\u001b\u001b[31m\u0007", 100)).isEqualTo("one\ntwo [31m ");
    }

    @Test
    void textOfUnsafeCharactersIsBlankProse() {
        assertThat(SafeText.proseLine("\u202e\u200b", 100)).isEmpty();
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        assertThat(SafeText.cut("abcdefgh", 8)).isEqualTo("abcdefgh");
        assertThat(SafeText.cut("abcdefghi", 8)).isEqualTo("abcde...");
        assertThat(SafeText.cut("abcd\ud83d\ude00efgh", 8)).isEqualTo("abcd...");
        assertThat(SafeText.of("\u0007bcdefghi", 8)).isEqualTo("\ufffdbcde...");
        assertThat(SafeText.proseLine("a  b  c  d", 7)).isEqualTo("a b c d");
    }

    private static String of(byte[] bytes) {
        return SafeText.ofUtf8(bytes, bytes.length);
    }
}
