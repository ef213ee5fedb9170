package org.bitcoinwatchdog.detectors.evaluation.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Peer;
import org.junit.jupiter.api.Test;

class PerPeerCountTest {
    private final Baseline rule = PerPeerCount.pings();
    private final List<Boolean> alarms = new ArrayList<>();

    @Test
    void alarmsAtTheFourthPingOfOnePeerWithinTwoMinutes() {
        for (int ping = 0; ping < 3; ping++) {
            ping(1, ping);
            ping(2, ping);
        }
        assertThat(alarms).isEmpty();
        ping(1, 119);
        assertThat(alarms).containsExactly(true);
    }

    @Test
    void staysQuietAtTheUsualRhythmAndEndsWhenItIsBack() {
        for (int ping = 0; ping < 100; ping++) {
            ping(1, 120 * ping);
        }
        assertThat(alarms).isEmpty();
        for (int ping = 0; ping < 4; ping++) {
            ping(1, 12_000 + ping);
        }
        heartbeat(12_100);
        assertThat(alarms).containsExactly(true);
        heartbeat(13_300);
        assertThat(alarms).containsExactly(true, false);
    }

    private void ping(long peer, long atS) {
        rule.on(event(atS).setInboundMessage(
                Message.newBuilder().setType("ping").setPeer(Peer.newBuilder().setId(peer))).build(), this::alarm);
    }

    private void heartbeat(long atS) {
        rule.on(event(atS).setHeartbeat(Heartbeat.getDefaultInstance()).build(), this::alarm);
    }

    private void alarm(String name, String node, boolean on) {
        alarms.add(on);
    }

    private static NodeEvent.Builder event(long atS) {
        return NodeEvent.newBuilder().setNode("alice").setObservedAtNs(atS * 1_000_000_000L);
    }
}
