package org.bitcoinwatchdog.alerts.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeerTextTest {
    @Test
    void whatIsNotSeenIsTakenOut() {
        assertThat(PeerText.line("a\u0000b\u202ec\u200bd\r\ne\u2028f", 100)).isEqualTo("a b c d e f");
        assertThat(PeerText.text("one\ntwo\u001b[31m", 100)).isEqualTo("one\ntwo [31m");
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        assertThat(PeerText.cut("abcdefgh", 8)).isEqualTo("abcdefgh");
        assertThat(PeerText.cut("abcdefghi", 8)).isEqualTo("abcde...");
        assertThat(PeerText.cut("abcd\ud83d\ude00efgh", 8)).isEqualTo("abcd...");
    }
}
