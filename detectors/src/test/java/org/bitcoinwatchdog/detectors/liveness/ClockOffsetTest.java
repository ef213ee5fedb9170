package org.bitcoinwatchdog.detectors.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.Version;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", "regtest", detection::on).started();

    private long next;

    private void meets(int peers, ConnectionType type, Duration theirsAhead) {
        for (int i = 0; i < peers; i++) {
            long id = next++;
            alice.opens(id, "44." + id % 200 + ".0.1:8333", type);
            alice.receives(id, "version", message -> message.setVersion(Version.newBuilder()
                    .setTimeS(alice.now().getEpochSecond() + theirsAhead.toSeconds()))).closes(id).waits(Duration.ofMinutes(5));
        }
    }

    private void meets(int peers, Duration theirsAhead) {
        meets(peers, ConnectionType.CONNECTION_TYPE_FEELER, theirsAhead);
    }

    @Test
    void warnsAbove10MinutesPagesAbove70AndEnds() {
        meets(11, Duration.ZERO);
        assertThat(alerts.changes()).isEmpty();
        meets(6, Duration.ofMinutes(20));
        assertThat(alerts.changes()).containsExactly("ClockOffset alice warn");
        assertThat(alerts.last().annotations().get("summary")).contains("20 min behind");
        meets(8, Duration.ofMinutes(90));
        assertThat(alerts.changes()).containsExactly("ClockOffset alice warn", "ClockOffset alice page");
        meets(8, Duration.ZERO);
        assertThat(alerts.changes()).endsWith("ClockOffset alice resolved");
    }

    @Test
    void sevenPeersAreTooFew() {
        meets(7, Duration.ofMinutes(90));
        assertThat(alerts.changes()).isEmpty();
        meets(1, Duration.ofMinutes(90));
        assertThat(alerts.changes()).containsExactly("ClockOffset alice page");
    }

    @Test
    void whoConnectsToTheNodeIsNotBelieved() {
        meets(100, TestNode.INBOUND, Duration.ofDays(1));
        assertThat(alerts.changesOf("ClockOffset")).isEmpty();
    }

    @Test
    void aFewPeersWithAWrongClockAreNormal() {
        for (int i = 0; i < 10; i++) {
            meets(8, Duration.ofSeconds(3));
            meets(3, Duration.ofHours(-5));
        }
        assertThat(alerts.changes()).isEmpty();
    }
}
