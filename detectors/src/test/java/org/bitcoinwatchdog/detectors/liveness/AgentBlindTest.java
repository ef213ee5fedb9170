package org.bitcoinwatchdog.detectors.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.TracepointStatus;
import org.junit.jupiter.api.Test;

class AgentBlindTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on).started();
    private long fired;
    private long dropped;

    /** Heartbeats of one tracepoint that fires 1,000 times a second. */
    private void beats(int seconds, int droppedEach, boolean attached) {
        for (int second = 0; second < seconds; second++) {
            fired += 1_000;
            dropped += droppedEach;
            alice.leaps(SECOND).beats(beat -> beat.addTracepoints(TracepointStatus.newBuilder()
                    .setTracepoint("net:inbound_message").setAttached(attached).setReason(attached ? "" : "no such probe")
                    .setFired(fired).setDropped(dropped).setCaptured(fired - dropped)));
        }
    }

    @Test
    void warnsAboveOneInAThousandLostAndEndsAfterFiveMinutesWithout() {
        beats(60, 1, true);
        assertThat(alerts.changes()).isEmpty(); // exactly one in a thousand
        beats(10, 20, true);
        assertThat(alerts.changes()).containsExactly("AgentBlind alice warn");
        assertThat(alerts.last().evidence().complete()).isTrue();

        beats(5 * 60, 0, true);
        assertThat(alerts.changes()).hasSize(1);
        beats(2 * 60, 0, true);
        assertThat(alerts.changes()).containsExactly("AgentBlind alice warn", "AgentBlind alice resolved");
    }

    @Test
    void whatIsMissingInTheSequenceIsLost() {
        beats(60, 0, true);
        for (int i = 0; i < 200; i++) {
            alice.skipsASequence();
        }
        beats(5, 0, true);

        assertThat(alerts.changes()).containsExactly("AgentBlind alice warn");
        assertThat(alerts.measured("lost")).isEqualTo(200.0);
    }

    @Test
    void warnsOfATracepointThatIsNotAttachedForAMinute() {
        beats(59, 0, false);
        assertThat(alerts.changes()).isEmpty();
        beats(7, 0, false);
        assertThat(alerts.changes()).containsExactly("AgentBlind alice warn");
        assertThat(alerts.last().evidence().subjects().get("tracepoints")).containsExactly("net:inbound_message (no such probe)");

        beats(6 * 60, 0, true);
        assertThat(alerts.changes()).endsWith("AgentBlind alice resolved");
    }

    @Test
    void aTracepointThatNobodyAskedForMayBeMissing() {
        for (int second = 0; second < 300; second++) {
            alice.leaps(SECOND).beats(beat -> beat.addTracepoints(
                    TracepointStatus.newBuilder().setTracepoint("utxocache:add").setReason("off")));
        }
        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void anAgentsRestartCountsFromZeroAgain() {
        beats(60, 0, true);
        alice.agentRestartedAfter(Duration.ofSeconds(5));
        fired = 0;
        beats(60, 0, true);

        assertThat(alerts.changes()).isEmpty();
    }
}
