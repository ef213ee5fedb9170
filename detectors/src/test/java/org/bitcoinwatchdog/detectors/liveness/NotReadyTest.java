package org.bitcoinwatchdog.detectors.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.junit.jupiter.api.Test;

class NotReadyTest {
    private static final long IN_DOWNLOAD = 9_170_997;

    private final AlertLog log = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), log);
    private final TestNode node = new TestNode("alice", detection::on).started();

    @Test
    void aNodeThatGainsNothingWarnsAfterAnHourAndPagesAfterSix() {
        finds(700_000, 900_000).tellsFeeFilter(1, IN_DOWNLOAD).waits(Duration.ofMinutes(59));
        assertThat(log.changesOf("NotReady")).isEmpty();

        node.waits(Duration.ofMinutes(2));
        assertThat(log.changesOf("NotReady")).containsExactly("NotReady alice warn");
        assertThat(log.measured("behind")).isEqualTo(200_000);
        assertThat(log.last().annotations().get("description")).contains("in initial block download");
        node.waits(Duration.ofHours(5));
        assertThat(log.changesOf("NotReady")).containsExactly("NotReady alice warn", "NotReady alice page");
    }

    @Test
    void anHonestInitialBlockDownloadIsQuietHoweverLongItTakes() {
        finds(0, 900_000);
        for (int minute = 1; minute < 12 * 60; minute++) {
            node.waits(Duration.ofMinutes(1)).connects(minute * 30); // the last blocks, on a small computer
        }

        assertThat(log.changesOf("NotReady")).isEmpty();
    }

    @Test
    void aCrashLoopInInitialBlockDownloadGainsNothing() {
        for (int crash = 0; crash < 8; crash++) {
            finds(700_000, 900_000);
            for (int block = 1; block <= 9; block++) {
                node.waits(Duration.ofMinutes(1)).connects(700_000 + block);
            }
            node.stopped().bitcoindRestarted();
        }

        assertThat(log.changesOf("NotReady")).containsExactly("NotReady alice warn");
    }

    @Test
    void endsWhenTheNodeHasTheBlocks() {
        finds(880_000, 900_000).waits(Duration.ofMinutes(70));
        node.connects(899_994).waits(Duration.ofSeconds(10));

        assertThat(log.changesOf("NotReady")).containsExactly("NotReady alice warn", "NotReady alice resolved");
    }

    @Test
    void isQuietWhereAFewPeersLieAndWhereNothingIsKnown() {
        finds(900_000, 900_000);
        for (int liar = 10; liar < 13; liar++) {
            node.opens(liar, "45." + liar + ".0.1:8333", TestNode.FULL_RELAY).shakesHands(liar, 900_000, 2_000_000);
        }
        node.waits(Duration.ofHours(7)).bitcoindRestarted().waits(Duration.ofHours(7));

        assertThat(log.changesOf("NotReady")).isEmpty();
    }

    @Test
    void aNodeThatWasReadyIsJudgedByOtherRulesUntilItsNextStart() {
        finds(900_000, 900_000).waits(Duration.ofSeconds(10));
        finds(900_000, 900_100).waits(Duration.ofHours(2));
        assertThat(log.changesOf("NotReady")).isEmpty();

        node.bitcoindRestarted();
        finds(900_000, 900_100).waits(Duration.ofMinutes(61));
        assertThat(log.changesOf("NotReady")).containsExactly("NotReady alice warn");
    }

    private TestNode finds(int own, int theirs) {
        for (int id = 1; id <= 4; id++) {
            node.opens(id, "44." + id + ".0.1:8333", TestNode.FULL_RELAY).shakesHands(id, own, theirs);
        }
        return node;
    }
}
