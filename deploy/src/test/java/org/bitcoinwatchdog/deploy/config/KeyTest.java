package org.bitcoinwatchdog.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyTest {
    @Test
    void spellsJavaNamesInKebabCase() {
        assertThat(Key.of("fleetLag")).isEqualTo("fleet-lag");
        assertThat(Key.of("Pagerduty")).isEqualTo("pagerduty");
        assertThat(Key.of("VERY_LOUD")).isEqualTo("very-loud");
        assertThat(Key.of("inARow")).isEqualTo("in-a-row");
        assertThat(Key.of("name")).isEqualTo("name");
    }
}
