package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
    @Test
    void countsLettersToInsertDeleteOrReplace() {
        assertThat(Spelling.distance("fleet-lag", "fleet-lag")).isZero();
        assertThat(Spelling.distance("fleetlag", "fleet-lag")).isEqualTo(1);
        assertThat(Spelling.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Spelling.distance("", "abc")).isEqualTo(3);
    }

    @Test
    void suggestsOnlyWhatIsNear() {
        List<String> known = List.of("no-block", "fleet-lag", "asmap");
        assertThat(Spelling.nearest("fleet_lag", known)).contains("fleet-lag");
        assertThat(Spelling.nearest("noblock", known)).contains("no-block");
        assertThat(Spelling.nearest("sinks", known)).isEmpty();
    }
}
