package org.bitcoinwatchdog.detectors.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.Version;
import org.junit.jupiter.api.Test;

class VersionOdditiesTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", "regtest", detection::on).started();

    private long next;

    private void connects(int peers, String agent, long clockOffS) {
        for (int i = 0; i < peers; i++) {
            long id = next++;
            alice.opens(id, "44." + id % 200 + ".0.1:1000", TestNode.INBOUND);
            alice.receives(id, "version", message -> message.setVersion(Version.newBuilder().setUserAgent(agent)
                    .setTimeS(alice.now().getEpochSecond() + clockOffS))).closes(id).waits(Duration.ofMinutes(1));
        }
    }

    @Test
    void tellsOfManyPeersWithAWrongClockAndEndsWhenTheHourIsOver() {
        connects(40, "/Satoshi:31.0.0/", 0);
        assertThat(alerts.changes()).isEmpty();
        connects(10, "/Satoshi:31.0.0/", 6_000);
        assertThat(alerts.changes()).containsExactly("VersionOddities alice info");
        connects(80, "/Satoshi:31.0.0/", 0);
        assertThat(alerts.changes()).containsExactly("VersionOddities alice info", "VersionOddities alice resolved");
    }

    @Test
    void tellsOfManyPeersWithAnUnknownUserAgentOnceADayWasWatched() {
        connects(60, "/Satoshi:31.0.0/", 0);
        alice.waits(Duration.ofHours(24));
        connects(40, "/Satoshi:31.0.0/", 0);
        assertThat(alerts.changes()).isEmpty();
        connects(10, "/Spy:1.0/", 0);
        assertThat(alerts.changes()).containsExactly("VersionOddities alice info");
        assertThat(alerts.last().annotations().get("description")).contains("/Spy:1.0/");
    }

    @Test
    void aFewOddPeersAreNormal() {
        for (int i = 0; i < 10; i++) {
            connects(19, "/Satoshi:31.0.0/", 0);
            connects(1, "/Satoshi:31.0.0/", 6_000);
        }
        assertThat(alerts.changes()).isEmpty();
    }
}
