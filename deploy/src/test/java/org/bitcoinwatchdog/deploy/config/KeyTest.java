package org.bitcoinwatchdog.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

    @Test
    void countsLettersToInsertDeleteOrReplace() {
        assertThat(Key.distance("fleet-lag", "fleet-lag")).isZero();
        assertThat(Key.distance("fleetlag", "fleet-lag")).isEqualTo(1);
        assertThat(Key.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Key.distance("", "abc")).isEqualTo(3);
    }

    @Test
    void suggestsOnlyWhatIsNear() {
        List<String> known = List.of("no-block", "fleet-lag", "asmap");
        assertThat(Key.nearest("fleet_lag", known)).contains("fleet-lag");
        assertThat(Key.nearest("noblock", known)).contains("no-block");
        assertThat(Key.nearest("sinks", known)).isEmpty();
    }
}
