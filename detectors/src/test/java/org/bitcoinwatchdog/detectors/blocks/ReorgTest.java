package org.bitcoinwatchdog.detectors.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReorgTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on).started();

    @BeforeEach
    void atTheTip() {
        for (int height = 97; height <= 100; height++) {
            alice.connects(height).waits(Duration.ofMinutes(11));
        }
    }

    @Test
    void oneReplacedBlockInformsForAnHour() {
        alice.connects(1100, 100).connects(101);

        assertThat(alerts.changes()).containsExactly("Reorg alice info");
        assertThat(alerts.measured("depth")).isEqualTo(1);
        assertThat(alerts.last().evidence().subjects().get("blocks")).hasSize(2).doesNotHaveDuplicates();
        alice.waits(Duration.ofMinutes(59));
        assertThat(alerts.changes()).hasSize(1);
        alice.waits(Duration.ofMinutes(2));
        assertThat(alerts.changes()).containsExactly("Reorg alice info", "Reorg alice resolved");
    }

    @Test
    void twoReplacedBlocksPageAlsoAfterOneDid() {
        alice.connects(1100, 100).connects(101).waits(Duration.ofMinutes(9));
        alice.connects(2100, 100).connects(2101, 101).connects(2102, 102);

        assertThat(alerts.changes()).containsExactly("Reorg alice info", "Reorg alice page");
        assertThat(alerts.measured("depth")).isEqualTo(2);
        alice.waits(Duration.ofMinutes(61));
        assertThat(alerts.changes()).endsWith("Reorg alice resolved");
    }

    @Test
    void aDeepOneIsSeenBeforeItLooksLikeCatchingUp() {
        for (int height = 97; height < 105; height++) {
            alice.connects(1000 + height, height);
        }
        assertThat(alerts.changes()).startsWith("Reorg alice page");
        assertThat(alerts.all().get(0).evidence().measurements().get(0).value()).isEqualTo(4);
    }

    @Test
    void aBlockThatIsConnectedAgainIsNone() {
        alice.connects(99).connects(100); // invalidated and reconsidered

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void whatANodeDoesWhileItCatchesUpIsQuiet() {
        TestNode test = new TestNode("test", "regtest", detection::on).started();
        for (int height = 1; height <= 200; height++) {
            test.connects(height);
        }
        test.connects(1198, 198).connects(1199, 199).connects(1200, 200).connects(1201, 201).waits(Duration.ofMinutes(5));
        test.connects(2100, 100);

        assertThat(alerts.changes()).isEmpty();
    }
}
