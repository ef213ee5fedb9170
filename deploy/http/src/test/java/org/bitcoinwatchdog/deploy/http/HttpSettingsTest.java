package org.bitcoinwatchdog.deploy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
    @Test
    void separatesHostAndPort() {
        assertThat(new HttpSettings("127.0.0.1:9332").host()).isEqualTo("127.0.0.1");
        assertThat(new HttpSettings("[::1]:0").host()).isEqualTo("::1");
        assertThat(new HttpSettings("localhost:65535").port()).isEqualTo(65_535);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9332", "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000", "::1:9332", "a b:1"})
    void refusesWhatIsNoAddressWithAPort(String listen) {
        assertThatThrownBy(() -> new HttpSettings(listen)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void protectedMetricsNeedAPassword() {
        assertThatThrownBy(() -> new HttpSettings("127.0.0.1:1", Optional.empty(), Optional.empty(), Set.of(), true))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("token-file");
    }
}
