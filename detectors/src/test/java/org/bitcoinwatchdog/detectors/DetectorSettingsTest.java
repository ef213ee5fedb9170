package org.bitcoinwatchdog.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.blocks.FleetLag;
import org.bitcoinwatchdog.detectors.blocks.Reorg;
import org.junit.jupiter.api.Test;

class DetectorSettingsTest {
    @Test
    void takesTheDefaultsOfEveryFamily() {
        DetectorSettings settings = DetectorSettings.defaults();

        assertThat(settings.asmap()).isEmpty();
        assertThat(settings.of(FleetLag.Settings.class).page()).isEqualTo(Duration.ofSeconds(120));
        assertThat(settings.families().values().keySet()).startsWith("stalled-blocks", "address-flooding", "peer-concentration");
    }

    @Test
    void refusesAWarningAboveItsPage() {
        Duration warn = Duration.ofSeconds(61);

        assertThatThrownBy(() -> new FleetLag.Settings(true, warn, Duration.ofSeconds(60), 2, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("warn must not be above page");
    }

    @Test
    void reorganizationsAreOrdinaryOnTestNetworks() {
        DetectorSettings settings = DetectorSettings.defaults();

        assertThat(settings.of("main").of(Reorg.Settings.class).pageDepth()).isEqualTo(2);
        assertThat(settings.of("testnet4").of(Reorg.Settings.class).pageDepth()).isEqualTo(6);
        assertThat(settings.of("signet_54d26fbd").of(Reorg.Settings.class).pageDepth()).isEqualTo(6);
        assertThat(settings.of("regtest").of(Reorg.Settings.class).enabled()).isFalse();
        assertThat(settings.of("regtest_lab").of(Reorg.Settings.class).enabled()).isFalse();
        assertThat(settings.of("of a later agent")).isEqualTo(settings);
    }

    @Test
    void aNodeForWhichAFleetRuleIsOffIsLeftOutAndStillComparedWith() {
        UnaryOperator<DetectorSettings> withoutLag = settings -> settings.with(
                new FleetLag.Settings(false, Duration.ofSeconds(60), Duration.ofSeconds(120), 2, Duration.ofSeconds(30)));
        AlertLog alerts = new AlertLog();
        OfflineDetection detection = new OfflineDetection(
                DetectorSettings.defaults().withNodes(Map.of("alice", withoutLag)), alerts);
        TestNode[] nodes = Stream.of("alice", "bob", "carol").map(name -> new TestNode(name, detection::on)).toArray(TestNode[]::new);
        TestFleet fleet = new TestFleet(nodes);
        Stream.of(nodes).forEach(node -> node.connects(100));
        fleet.waits(Duration.ofMinutes(31));

        nodes[1].connects(101);
        nodes[2].connects(101);
        fleet.waits(Duration.ofMinutes(5));
        assertThat(alerts.changes()).isEmpty();

        nodes[0].connects(101).connects(102);
        nodes[2].connects(102);
        fleet.waits(Duration.ofSeconds(62));
        assertThat(alerts.changes()).containsExactly("FleetLag bob warn");
    }
}
