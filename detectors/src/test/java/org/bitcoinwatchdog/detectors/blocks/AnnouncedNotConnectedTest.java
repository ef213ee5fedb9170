package org.bitcoinwatchdog.detectors.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnouncedNotConnectedTest {
    private static final int HARD = 0x1d00ffff;

    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on);

    @BeforeEach
    void isAtTheTipWithItsTargetKnown() {
        alice.started().opens(1, "198.51.0.1:8333", TestNode.FULL_RELAY).opens(2, "44.0.0.1:8333", TestNode.FULL_RELAY);
        alice.connects(100).receivesHeader(1, 101, 100, HARD, true).connects(101);
        alice.waits(Duration.ofMinutes(31));
    }

    @Test
    void pagesAfterFiveMinutesAndEndsWhenTheBlockIsConnected() {
        alice.receivesHeader(1, 102, 101, HARD, true).receivesHeader(2, 102, 101, HARD, true);

        alice.waits(Duration.ofSeconds(299));
        assertThat(alerts.changes()).isEmpty();
        alice.waits(Duration.ofSeconds(2));
        assertThat(alerts.changes()).containsExactly("AnnouncedNotConnected alice page");
        assertThat(alerts.last().evidence().subjects().get("peers")).containsExactly("198.51.0.1:8333", "44.0.0.1:8333");
        assertThat(alerts.last().evidence().complete()).isTrue();

        alice.connects(102);
        assertThat(alerts.changes()).endsWith("AnnouncedNotConnected alice resolved");
    }

    @Test
    void blocksThatAreConnectedInTimeAreQuiet() {
        for (int height = 102; height < 120; height++) {
            alice.receivesHeader(1, height, height - 1, HARD, true).waits(Duration.ofMinutes(4)).connects(height);
            alice.waits(Duration.ofMinutes(6));
        }

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void aBlockThatWasConnectedUnseenAndAnnouncedOnceMoreIsNotMissing() {
        alice.loses("validation:block_connected").waits(Duration.ofSeconds(10)); // 102
        alice.receivesHeader(2, 102, 101, HARD, true).waits(Duration.ofMinutes(10));
        assertThat(alerts.changesOf("AnnouncedNotConnected")).isEmpty();

        alice.receivesHeader(2, 103, 102, HARD, true).waits(Duration.ofSeconds(301));
        assertThat(alerts.changesOf("AnnouncedNotConnected")).containsExactly("AnnouncedNotConnected alice page");
    }

    @Test
    void aHeaderWithoutWorkIsNotBelieved() {
        alice.receivesHeader(1, 102, 101, HARD, false);
        alice.receivesHeader(1, 103, 101, TestNode.EASY, true); // valid for a target far easier than the chain's

        alice.waits(Duration.ofMinutes(10));

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void aForkWithNoMoreWorkThanTheTipIsQuiet() {
        alice.receivesHeader(1, 1101, 100, HARD, true);
        alice.receivesHeader(1, 5000, 4999, HARD, true); // extends nothing that is known

        alice.waits(Duration.ofMinutes(10));

        assertThat(alerts.changesOf("AnnouncedNotConnected")).isEmpty();
    }

    @Test
    void aLongerForkPagesUntilTheOwnChainIsAsLong() {
        alice.receivesHeader(1, 1101, 100, HARD, true).receivesHeader(1, 1102, 1101, HARD, true);
        alice.waits(Duration.ofMinutes(6));
        assertThat(alerts.changesOf("AnnouncedNotConnected")).containsExactly("AnnouncedNotConnected alice page");

        alice.receivesHeader(2, 102, 101, HARD, true).connects(102);
        assertThat(alerts.changes()).endsWith("AnnouncedNotConnected alice resolved");
    }

    @Test
    void isDisarmedWhileCatchingUp() {
        for (int height = 102; height < 130; height++) {
            alice.receivesHeader(1, height, height - 1, HARD, true).connects(height);
        }
        alice.receivesHeader(1, 130, 129, HARD, true);

        alice.waits(Duration.ofMinutes(20));

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void aBlockThatMayHaveBeenConnectedUnseenIsNotJudged() {
        AlertLog other = new AlertLog();
        TestNode bob = new TestNode("bob", new OfflineDetection(DetectorSettings.defaults(), other)::on);
        bob.started().opens(1, "198.51.0.1:8333", TestNode.FULL_RELAY);
        bob.connects(100).receivesHeader(1, 101, 100, HARD, true).connects(101).waits(Duration.ofMinutes(31));
        bob.receivesHeader(1, 102, 101, HARD, true).waits(Duration.ofSeconds(5)).agentRestartedAfter(Duration.ofSeconds(9));
        bob.waits(Duration.ofMinutes(10));
        assertThat(other.changes()).isEmpty();
    }

    @Test
    void cheapHeadersDoNotFillTheSpaceOfRealOnes() {
        AlertLog other = new AlertLog();
        TestNode bob = new TestNode("bob", new OfflineDetection(DetectorSettings.defaults(), other)::on);
        bob.started().opens(1, "198.51.0.1:8333", TestNode.FULL_RELAY).connects(100);
        for (int fake = 0; fake < 500; fake++) {
            bob.receivesHeader(1, 10_000 + fake, 100, TestNode.EASY, true);
        }
        bob.receivesHeader(1, 101, 100, HARD, true).connects(101).waits(Duration.ofMinutes(31));
        assertThat(other.changes()).isEmpty();

        bob.receivesHeader(1, 102, 101, HARD, true).waits(Duration.ofMinutes(6));
        assertThat(other.changes()).containsExactly("AnnouncedNotConnected bob page");
    }
}
