package org.bitcoinwatchdog.detectors.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.MempoolAdded;
import org.junit.jupiter.api.Test;

class CrashOnInputTest {
    private static final long ATTACKER = 7;

    private final AlertLog log = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), log);
    private final TestNode node = new TestNode("alice", detection::on).started();

    @Test
    void twoEndsAfterABlockPageWithThePeerAndTheMessage() {
        begins().receives(ATTACKER, "block").waits(Duration.ofSeconds(1)).receives(1, "ping").stopped();
        assertThat(log.changesOf("CrashOnInput")).isEmpty();

        node.bitcoindRestarted();
        begins().receives(ATTACKER, "cmpctblock").waits(Duration.ofSeconds(2)).stopped();
        assertThat(log.changesOf("CrashOnInput")).containsExactly("CrashOnInput alice page");
        assertThat(log.last().evidence().subjects().get("inputs")).hasSize(2).last().asString()
                .contains("cmpctblock from 66.6.6.6:48333 (peer 7)").contains("2 s before it ended");
        assertThat(log.last().evidence().subjects().get("peers")).containsExactly("66.6.6.6:48333 (peer 7)");
    }

    @Test
    void twoEndsInTheMiddleOfATransactionPage() {
        begins().receives(ATTACKER, "tx").waits(Duration.ofSeconds(1)).stopped().bitcoindRestarted();
        begins().receives(ATTACKER, "tx").stopped();

        assertThat(log.changesOf("CrashOnInput")).containsExactly("CrashOnInput alice page");
    }

    @Test
    void aTransactionThatWasFinishedWithIsNoCause() {
        for (int kill = 0; kill < 4; kill++) {
            begins().receives(ATTACKER, "tx").does(event -> event.setMempoolAdded(MempoolAdded.getDefaultInstance())).stopped();
            node.bitcoindRestarted();
            begins().receives(ATTACKER, "tx").receives(1, "inv").stopped().bitcoindRestarted();
        }

        assertThat(log.changesOf("CrashOnInput")).isEmpty();
    }

    @Test
    void anOrderlyEndIsQuietWhateverCameBefore() {
        for (int stop = 0; stop < 4; stop++) {
            begins().receives(ATTACKER, "block").closes(1).closes(ATTACKER).waits(Duration.ofSeconds(2)).stopped().bitcoindRestarted();
        }

        assertThat(log.changesOf("CrashOnInput")).isEmpty();
    }

    @Test
    void anEndLongAfterABlockIsQuiet() {
        for (int kill = 0; kill < 4; kill++) {
            begins().receives(ATTACKER, "block").waits(Duration.ofSeconds(6)).receives(1, "inv").stopped().bitcoindRestarted();
        }

        assertThat(log.changesOf("CrashOnInput")).isEmpty();
    }

    @Test
    void endsSixHoursAfterTheFirst() {
        begins().receives(ATTACKER, "block").stopped().bitcoindRestarted();
        begins().receives(ATTACKER, "block").stopped().bitcoindRestarted();
        node.waits(Duration.ofHours(6));

        assertThat(log.changesOf("CrashOnInput")).containsExactly("CrashOnInput alice page", "CrashOnInput alice resolved");
    }

    private TestNode begins() {
        return node.opens(1, "44.0.0.1:8333", TestNode.FULL_RELAY).opens(ATTACKER, "66.6.6.6:48333", TestNode.INBOUND)
                .waits(Duration.ofMinutes(10));
    }
}
