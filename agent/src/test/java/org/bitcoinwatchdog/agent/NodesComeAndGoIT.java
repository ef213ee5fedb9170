package org.bitcoinwatchdog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.bitcoinwatchdog.agent.discovery.NodeSettings;
import org.bitcoinwatchdog.agent.kernel.TracingAssumption;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStopped;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts, restarts and ends of traced processes. */
class NodesComeAndGoIT {
    private static final long SECOND_NS = 1_000_000_000;

    @TempDir
    private Path directory;

    @BeforeAll
    static void mayTrace() {
        TracingAssumption.check();
    }

    @Test
    void aRestartIsAnEndAndABeginInANewEpochEachNoticedWithinTwoSeconds() throws Exception {
        Path recording = Player.recording("p2p_addrv2_relay", directory);
        try (Player player = Player.in(directory);
                TracedHost host = TracedHost.of(NodeSettings.running(player.executable(), "alice", "regtest"))) {
            CollectedEvents events = host.events();
            long startedNs = nowNs();
            player.play(List.of(recording), "--linger", "60");
            NodeEvent first = events.await(0, NodeEvent::hasNodeStarted);
            assertThat(first.getObservedAtNs() - startedNs).isBetween(0L, 2 * SECOND_NS);
            assertThat(first.getNodeStarted().getPid()).isEqualTo((int) player.pid());
            assertThat(first.getNodeStarted().getExecutable()).isEqualTo(player.executable().toString());
            assertThat(first.getNodeStarted().getDataDirectory()).isEqualTo(directory.toRealPath().toString());
            assertThat(Math.abs(first.getNodeStarted().getBitcoindStartedAtNs() - startedNs)).isLessThan(2 * SECOND_NS);
            events.await(0, NodeEvent::hasInboundConnection);
            events.await(0, NodeEvent::hasHeartbeat);

            int before = events.size();
            long endedNs = nowNs();
            player.kill();
            player.play(List.of(recording), "--linger", "60");
            NodeEvent end = events.await(before, NodeEvent::hasNodeStopped);
            assertThat(end.getObservedAtNs() - endedNs).isBetween(0L, 2 * SECOND_NS);
            assertThat(end.getNodeStopped().getCause()).isEqualTo(NodeStopped.Cause.CAUSE_PROCESS_ENDED);
            assertThat(end.getEpoch()).isEqualTo(first.getEpoch());

            NodeEvent second = events.await(before, NodeEvent::hasNodeStarted);
            assertThat(second.getObservedAtNs() - endedNs).isBetween(0L, 2 * SECOND_NS);
            assertThat(second.getNode()).isEqualTo("alice");
            assertThat(second.getSequence()).isZero();
            assertThat(second.getEpoch()).isGreaterThan(first.getEpoch());
            assertThat(events.all()).containsSubsequence(end, second);
            events.await(before, event -> event.hasInboundConnection() && event.getEpoch() == second.getEpoch());
        }
    }

    @Test
    void theAgentsEndIsNotTheNodesEnd() throws Exception {
        Path recording = Player.recording("p2p_addrv2_relay", directory);
        try (Player player = Player.in(directory)) {
            TracedHost host = TracedHost.of(NodeSettings.running(player.executable(), "alice", "regtest"));
            player.play(List.of(recording), "--linger", "60");
            host.events().await(0, NodeEvent::hasInboundConnection);
            assertThat(host.meters().get("watchdog.agent.nodes").gauge().value()).isEqualTo(1);
            host.close();
            assertThat(host.events().all()).last().extracting(event -> event.getNodeStopped().getCause())
                    .isEqualTo(NodeStopped.Cause.CAUSE_AGENT_STOPPED);
            assertThat(host.meters().get("watchdog.agent.nodes").gauge().value()).isZero();
        }
    }

    private static long nowNs() {
        return System.currentTimeMillis() * 1_000_000;
    }
}
