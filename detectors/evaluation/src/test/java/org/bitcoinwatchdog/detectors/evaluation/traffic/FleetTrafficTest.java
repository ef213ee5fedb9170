package org.bitcoinwatchdog.detectors.evaluation.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitcoinwatchdog.detectors.evaluation.benign.BenignCases;
import org.bitcoinwatchdog.detectors.evaluation.benign.BenignCases.BenignCase;
import org.bitcoinwatchdog.detectors.evaluation.traffic.FleetTraffic.FleetPlan;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.NodeEvent;
import org.junit.jupiter.api.Test;

class FleetTrafficTest {
    private static final List<NodeKind> FLEET = List.of(NodeKind.LISTENING, NodeKind.OUTBOUND_ONLY);
    private static final long HOUR_US = 3_600_000_000L;

    @Test
    void theSameSeedGivesTheSameEvents() {
        assertThat(play(1, Fidelity.FULL, Disturbance.NONE, 1)).isEqualTo(play(1, Fidelity.FULL, Disturbance.NONE, 1));
    }

    @Test
    void anotherSeedGivesOthers() {
        assertThat(play(1, Fidelity.FAST, Disturbance.NONE, 1)).isNotEqualTo(play(2, Fidelity.FAST, Disturbance.NONE, 1));
    }

    @Test
    void aNodesEventsAreNumberedAndInTimeThroughEveryHardCaseAndOnlyLossesLeaveGaps() {
        for (BenignCase hard : BenignCases.ALL) {
            TimeSpan span = new TimeSpan(FleetPlan.START_US + HOUR_US, FleetPlan.START_US + 6 * HOUR_US);
            Map<String, NodeEvent> last = new HashMap<>();
            for (NodeEvent event : play(3, Fidelity.FAST, hard.makes().apply(span), 7)) {
                NodeEvent before = last.put(event.getNode(), event);
                boolean begins = before == null || before.getEpoch() != event.getEpoch();
                boolean gaps = hard.name().contains("agent loses") || hard.name().contains("vanish");
                long next = begins ? 0 : before.getSequence() + 1;
                assertThat(event.getSequence()).as(hard.name()).isBetween(next, gaps ? Long.MAX_VALUE : next);
                boolean clockSteps = hard.name().contains("clock");
                assertThat(before == null || clockSteps || event.getObservedAtNs() >= before.getObservedAtNs())
                        .as(hard.name()).isTrue();
            }
        }
    }

    @Test
    void everyNodeConnectsTheSameBlocksEachUponTheLast() {
        Map<String, List<ByteString>> connected = new HashMap<>();
        Map<ByteString, ByteString> previous = new HashMap<>();
        for (NodeEvent event : play(4, Fidelity.FAST, Disturbance.NONE, 24)) {
            if (event.hasBlockConnected()) {
                connected.computeIfAbsent(event.getNode(), node -> new ArrayList<>()).add(event.getBlockConnected().getHash());
            }
            if (event.hasInboundMessage() && event.getInboundMessage().getPayloadCase().name().equals("BLOCK")) {
                BlockHeader header = event.getInboundMessage().getBlock().getHeader();
                previous.put(header.getHash(), header.getPreviousHash());
            }
        }

        List<ByteString> blocks = connected.get("node-0");
        assertThat(connected.get("node-1").subList(0, 90)).isEqualTo(blocks.subList(0, 90));
        for (int i = 1; i < blocks.size(); i++) {
            assertThat(previous.get(blocks.get(i))).isEqualTo(blocks.get(i - 1));
        }
    }

    @Test
    void honestOutboundPeersAreInDifferentNetgroups() {
        FleetTraffic traffic = new FleetTraffic(new FleetPlan(FLEET, Fidelity.FAST, 5), Disturbance.NONE);
        for (int hour = 1; hour < 48; hour++) {
            traffic.playUntil(FleetPlan.START_US + hour * HOUR_US, event -> { });
            Set<Integer> netgroups = new HashSet<>();
            traffic.nodes().get(1).connections().list().forEach(peer ->
                    assertThat(netgroups.add(peer.endpoint().netgroup())).isTrue());
            assertThat(netgroups.size()).isBetween(8, 14);
        }
    }

    private static List<NodeEvent> play(long seed, Fidelity fidelity, Disturbance disturbance, int hours) {
        List<NodeEvent> events = new ArrayList<>();
        new FleetTraffic(new FleetPlan(FLEET, fidelity, seed), disturbance)
                .playUntil(FleetPlan.START_US + hours * HOUR_US, events::add);
        return events;
    }
}
