package org.bitcoinwatchdog.detectors.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.NodeOptions;
import org.bitcoinwatchdog.events.NodeStarted;
import org.junit.jupiter.api.Test;

class ProcessRunsTest {
    private static final NodeOptions OPTIONS = NodeOptions.newBuilder().setAsmap(true).setMaxConnections(40).build();

    private final Continuity continuity = new Continuity();
    private final Peers peers = new Peers(Optional.empty());
    private ProcessRuns runs = new ProcessRuns();
    private final TestNode node = new TestNode("alice", event -> {
        continuity.take(event);
        runs.on(event, continuity, peers);
        peers.on(event, continuity);
    });

    @Test
    void aRestartOfTheAgentBeginsNoRun() {
        node.started().waits(Duration.ofMinutes(1)).agentStopped().agentRestartedAfter(Duration.ofMinutes(1));

        assertThat(runs.all()).singleElement().satisfies(run -> assertThat(run.startSeen()).isFalse());
    }

    @Test
    void aClockThatIsSetALittleBeginsNoRun() {
        long startedNs = TestNode.ns(TestNode.BEGIN);
        node.started().beats(beat -> beat.setBitcoindStartedAtNs(startedNs));
        node.agentRestartedAfter(Duration.ofSeconds(5)).beats(beat -> beat.setBitcoindStartedAtNs(startedNs + 2_000_000_000L));

        assertThat(runs.all()).hasSize(1);
    }

    @Test
    void theDetectorsOwnRestartKeepsRunsAndOptions() {
        node.does(event -> event.setNodeStarted(NodeStarted.newBuilder().setPid(1).setOptions(OPTIONS)))
                .opens(1, "44.0.0.1:8333", TestNode.INBOUND).receives(1, "block").receives(1, "tx")
                .waits(Duration.ofSeconds(2)).stopped();
        StateWriter out = new StateWriter();
        runs.save(out);
        ProcessRuns restored = new ProcessRuns();
        restored.restore(new StateReader(out.toBytes()));

        assertThat(restored.before()).isEqualTo(runs.before()).hasSize(1);
        assertThat(restored.before().get(0).last()).map(ProcessRuns.LastMessage::type).contains("tx");
        assertThat(restored.before().get(0).closedPeers()).isFalse();
        assertThat(restored.options()).contains(OPTIONS);
        runs = restored;
        node.bitcoindRestarted();
        assertThat(runs.all()).hasSize(2).last().satisfies(run -> assertThat(run.startSeen()).isTrue());
    }

    @Test
    void aNodeThatHadNoPeerClosedNone() {
        node.started().waits(Duration.ofSeconds(20)).stopped();

        assertThat(runs.before()).singleElement().satisfies(run -> assertThat(run.closedPeers()).isFalse());
    }
}
