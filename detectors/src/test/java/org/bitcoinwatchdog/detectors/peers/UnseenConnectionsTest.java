package org.bitcoinwatchdog.detectors.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.node.NodeWatch;
import org.bitcoinwatchdog.detectors.topology.Counts;
import org.bitcoinwatchdog.detectors.topology.NodeWatches;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.TracepointStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node whose connections are not seen to end, as with bitcoind before v29: peers come and go for hours. */
class UnseenConnectionsTest {
    private static final Set<String> MESSAGES = Set.of("net:inbound_message", "net:outbound_message");
    private static final int SLOTS = 8;

    private final List<String> alerts = new ArrayList<>();
    private final List<NodeDigest> digests = new ArrayList<>();
    private final NodeWatch watch = new NodeWatches(DetectorSettings.defaults(),
            new Counts(new io.micrometer.core.instrument.simple.SimpleMeterRegistry())).of("alice", "main", false, section -> null);
    private final AlertWriter writer = AlertWriter.forNode("alice", "main", "",
            alert -> alerts.add(alert.labels().get("alertname")));
    private final TestNode node = new TestNode("alice", event -> watch.on(event, writer, digests::add));

    private Heartbeat.Builder seeing(Heartbeat.Builder beat, boolean openings) {
        for (String message : MESSAGES) {
            beat.addTracepoints(TracepointStatus.newBuilder().setTracepoint(message).setAttached(true));
        }
        for (String opening : List.of("net:inbound_connection", "net:outbound_connection")) {
            beat.addTracepoints(TracepointStatus.newBuilder().setTracepoint(opening).setAttached(openings));
        }
        return beat.addTracepoints(TracepointStatus.newBuilder().setTracepoint("net:closed_connection"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsPeersAreGoneAfterMinutesAndNothingIsSaid(boolean openings) {
        node.started().beats(beat -> seeing(beat, openings));
        Deque<Long> open = new ArrayDeque<>();
        long next = 0;
        for (int minute = 0; minute < 180; minute++) {
            boolean replaced = minute % 2 == 0;
            boolean outage = minute >= 120 && minute < 150; // the line is down
            if (outage) {
                open.clear();
            } else if (replaced && open.size() >= SLOTS) {
                open.removeFirst();
            }
            while (!outage && open.size() < SLOTS) {
                String address = "44." + next % 200 + ".0." + next / 200 + ":8333";
                if (openings) {
                    node.opens(next, address, TestNode.FULL_RELAY);
                } else {
                    node.knows(next, address, TestNode.FULL_RELAY);
                }
                open.addLast(next++);
            }
            open.forEach(peer -> node.receives(peer, "ping"));
            for (int beat = 0; beat < 60; beat++) {
                node.leaps(Duration.ofSeconds(1)).beats(heartbeat -> seeing(heartbeat, openings));
            }
        }

        assertThat(alerts).isSubsetOf("AgentBlind");
        assertThat(digests).allMatch(digest -> digest.getOutboundPeers() <= SLOTS + 4);
        assertThat(digests.get(149 * 60).getOutboundPeers()).isZero();
    }
}
