package org.bitcoinwatchdog.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.blocks.FleetLag;
import org.junit.jupiter.api.Test;

class DetectorSettingsTest {
    @Test
    void takesTheDefaultsOfEveryFamily() {
        DetectorSettings settings = DetectorSettings.defaults();

        assertThat(settings.asmap()).isEmpty();
        assertThat(settings.stalledBlocks().fleetLag().page()).isEqualTo(Duration.ofSeconds(120));
        assertThat(settings.families())
                .startsWith(settings.stalledBlocks(), settings.addressFlooding(), settings.peerConcentration());
    }

    @Test
    void refusesAWarningAboveItsPage() {
        Duration warn = Duration.ofSeconds(61);

        assertThatThrownBy(() -> new FleetLag.Settings(true, warn, Duration.ofSeconds(60), 2, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("warn must not be above page");
    }
}
