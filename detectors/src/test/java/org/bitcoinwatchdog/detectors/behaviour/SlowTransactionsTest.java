package org.bitcoinwatchdog.detectors.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.MempoolAdded;
import org.bitcoinwatchdog.events.MempoolRejected;
import org.bitcoinwatchdog.events.UtxoCacheFlush;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowTransactionsTest {
    private static final String RULE = "SlowTransactions";
    private static final Duration FAST = Duration.ofMillis(2);
    private static final Duration SLOW = Duration.ofMillis(1_500);

    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on).started();
    private int txid;

    @BeforeEach
    void peers() {
        for (int peer = 1; peer <= 8; peer++) {
            alice.opens(peer, "44." + peer + ".0.1:8333", TestNode.FULL_RELAY);
        }
    }

    private void accepts(long peer, Duration took) {
        alice.receives(peer, "tx").leaps(took).does(event -> event.setMempoolAdded(MempoolAdded.newBuilder().setTxid(next())));
    }

    private void rejects(long peer, Duration took) {
        alice.receives(peer, "tx").leaps(took).does(event ->
                event.setMempoolRejected(MempoolRejected.newBuilder().setTxid(next()).setReason("bad-txns-nonfinal")));
    }

    private ByteString next() {
        return TestNode.hash(txid++);
    }

    private void ordinaryTraffic() {
        for (int i = 0; i < 40; i++) {
            accepts(1 + i % 8, FAST);
        }
    }

    @Test
    void warnsOfThreeSlowTransactionsOfOnePeerAndEndsWhenTheyLeaveTheWindow() {
        ordinaryTraffic();
        accepts(3, SLOW);
        rejects(3, SLOW);
        alice.waits(Duration.ofSeconds(10));
        assertThat(alerts.changesOf(RULE)).isEmpty();
        rejects(3, Duration.ofMillis(2_250));
        alice.waits(Duration.ofSeconds(5));

        assertThat(alerts.changesOf(RULE)).containsExactly("SlowTransactions alice warn");
        assertThat(alerts.last().evidence().subjects().get("peers")).containsExactly("44.3.0.1");
        assertThat(alerts.measured("longest")).isEqualTo(2.25);
        assertThat(alerts.measured("median-of-others")).isEqualTo(0.002);
        assertThat(alerts.last().annotations().get(Alert.SUMMARY))
                .isEqualTo("1 address sends alice transactions that are slow to validate");
        alice.waits(Duration.ofMinutes(16));
        assertThat(alerts.changesOf(RULE)).endsWith("SlowTransactions alice resolved");
    }

    @Test
    void aPeerThatComesBackIsTheSamePeer() {
        ordinaryTraffic();
        for (int peer = 20; peer < 23; peer++) {
            alice.opens(peer, "44.9.0.1:" + (1_000 + peer), TestNode.INBOUND);
            rejects(peer, SLOW);
            alice.closes(peer);
        }
        alice.waits(Duration.ofSeconds(5));
        assertThat(alerts.changesOf(RULE)).containsExactly("SlowTransactions alice warn");
    }

    @Test
    void aSlowDiskMakesTheTransactionsOfAllPeersSlow() {
        for (int i = 0; i < 200; i++) {
            accepts(1 + i % 8, Duration.ofMillis(i % 3 == 0 ? 1_200 : 400));
        }
        alice.waits(Duration.ofSeconds(5));
        assertThat(alerts.changesOf(RULE)).isEmpty();
    }

    @Test
    void aBurstOfTwoThousandTransactionsAMinuteIsNormal() {
        for (int i = 0; i < 6_000; i++) {
            accepts(1 + i % 8, Duration.ofMillis(30));
        }
        alice.waits(Duration.ofSeconds(5));
        assertThat(alerts.changesOf(RULE)).isEmpty();
    }

    @Test
    void waitingForAFlushOrABlockIsNotTheTransactions() {
        ordinaryTraffic();
        for (int i = 0; i < 5; i++) {
            alice.receives(3, "tx").leaps(Duration.ofSeconds(20))
                    .does(event -> event.setUtxoCacheFlush(UtxoCacheFlush.newBuilder().setDurationUs(20_000_000)))
                    .does(event -> event.setMempoolAdded(MempoolAdded.newBuilder().setTxid(next())));
            alice.receives(3, "tx").leaps(Duration.ofSeconds(3)).connects(200 + i)
                    .does(event -> event.setMempoolAdded(MempoolAdded.newBuilder().setTxid(next())));
        }
        alice.waits(Duration.ofSeconds(5));
        assertThat(alerts.changesOf(RULE)).isEmpty();
    }

    @Test
    void aTransactionThatWasKnownAlreadyIsNotTakenForTheNextOneOfTheMempool() {
        ordinaryTraffic();
        for (int i = 0; i < 10; i++) {
            // Already known, so no event follows. A reorganization, a package or the wallet adds others later.
            alice.receives(3, "tx").receives(4, "inv").leaps(Duration.ofSeconds(2))
                    .does(event -> event.setMempoolAdded(MempoolAdded.newBuilder().setTxid(next())));
            alice.receives(3, "tx").sends(4, "inv").leaps(Duration.ofSeconds(2))
                    .does(event -> event.setMempoolAdded(MempoolAdded.newBuilder().setTxid(next())));
        }
        alice.waits(Duration.ofSeconds(5));
        assertThat(alerts.changesOf(RULE)).isEmpty();
    }

    @Test
    void whatWasLostIsNoSlowTransaction() {
        ordinaryTraffic();
        for (int i = 0; i < 5; i++) {
            alice.receives(3, "tx").skipsASequence().leaps(Duration.ofSeconds(2))
                    .does(event -> event.setMempoolAdded(MempoolAdded.newBuilder().setTxid(next())));
            alice.receives(3, "tx").leaps(Duration.ofSeconds(2))
                    .does(event -> event.setMempoolAdded(MempoolAdded.newBuilder().setTxid(next())));
            alice.loses("net:inbound_message"); // published after the events that it explains
        }
        alice.waits(Duration.ofSeconds(5));
        assertThat(alerts.changesOf(RULE)).isEmpty();
    }

    @Test
    void initialBlockDownloadIgnoresTransactions() {
        for (int i = 0; i < 50; i++) {
            alice.receives(3, "tx").leaps(Duration.ofSeconds(2)).connects(101 + i);
        }
        assertThat(alerts.changesOf(RULE)).isEmpty();
    }
}
