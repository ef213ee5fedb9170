package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTypesTest {
    @ParameterizedTest
    @ValueSource(strings = {"version", "feature", "sendtxrcncl", "wtxidrelay"})
    void keepsWhatCoreSends(String type) {
        assertThat(MessageTypes.known(type)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "other", "VERSION", "version ", "sendpackages"})
    void countsEverythingElseAsOther(String type) {
        assertThat(MessageTypes.known(type)).isEqualTo(MessageTypes.OTHER);
    }

    @Test
    void listsEachTypeOnceInOrder() {
        assertThat(MessageTypes.KNOWN).containsExactlyElementsOf(new TreeSet<>(MessageTypes.KNOWN));
    }
}
