package org.bitcoinwatchdog.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeySpellingTest {
    @Test
    void spellsJavaNamesInKebabCase() {
        assertThat(KeySpelling.of("fleetLag")).isEqualTo("fleet-lag");
        assertThat(KeySpelling.of("Pagerduty")).isEqualTo("pagerduty");
        assertThat(KeySpelling.of("VERY_LOUD")).isEqualTo("very-loud");
        assertThat(KeySpelling.of("inARow")).isEqualTo("in-a-row");
        assertThat(KeySpelling.of("name")).isEqualTo("name");
    }
}
