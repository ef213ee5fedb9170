package org.bitcoinwatchdog.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.bitcoinwatchdog.agent.discovery.NodeSettings;
import org.bitcoinwatchdog.agent.kernel.TracingAssumption;
import org.bitcoinwatchdog.agent.publish.EventAccount;
import org.bitcoinwatchdog.agent.publish.EventSink;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.Loss;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStopped;
import org.bitcoinwatchdog.events.TracepointStatus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault of the agent while it traces: it is reported and accounted for, and the node is traced again. */
class TracingFaultIT {
    private static final int BEFORE_THE_FAULT = 10;

    @TempDir
    private Path directory;

    @BeforeAll
    static void mayTrace() {
        TracingAssumption.check();
    }

    @Test
    void theNodeIsTracedAgainAndWhatWasCapturedMeanwhileIsToldAsLost() throws Exception {
        FaultySink sink = new FaultySink(() -> {
            throw new IllegalStateException("thrown by a test");
        });
        Path recording = Player.recording("p2p_addrv2_relay", directory);
        try (Player player = Player.in(directory);
                TracedHost host = TracedHost.of(
                        sink, NodeSettings.running(player.executable(), "alice", "regtest"))) {
            player.play(List.of(recording), "--linger", "60");

            NodeEvent stopped = sink.events.await(0, NodeEvent::hasNodeStopped);
            assertThat(stopped.getNodeStopped().getCause()).isEqualTo(NodeStopped.Cause.CAUSE_TRACING_FAILED);
            await().pollInterval(Duration.ofMillis(10)).untilAsserted(() ->
                    assertThat(host.fault()).hasValueSatisfying(text ->
                            assertThat(text).contains("alice").contains("thrown by a test").contains("tried again")));

            NodeEvent again = sink.events.await(0, event -> event.hasNodeStarted() && event.getEpoch() > stopped.getEpoch());
            assertThat(again.getNodeStarted().getPid()).isEqualTo((int) player.pid());
            sink.events.await(0, event -> event.hasHeartbeat() && event.getEpoch() == again.getEpoch());
            await().until(host::fault, Optional::isEmpty);
            assertThat(host.ended()).isEmpty();
            assertThat(host.meters().get("watchdog.agent.faults").counter().count()).isEqualTo(1);

            List<NodeEvent> epoch = sink.events.all().stream().filter(event -> event.getEpoch() == stopped.getEpoch()).toList();
            assertThat(epoch).extracting(NodeEvent::getSequence)
                    .containsExactly(LongStream.range(0, epoch.size()).boxed().toArray(Long[]::new));
            Heartbeat last = epoch.get(epoch.size() - 2).getHeartbeat();
            long captured = sum(last, TracepointStatus::getCaptured);
            long undecodable = sum(last, TracepointStatus::getUndecodable);
            long decoded = epoch.stream().filter(TracingFaultIT::isCall).count();
            assertThat(decoded).isEqualTo(BEFORE_THE_FAULT);
            assertThat(undecodable).isPositive();
            assertThat(captured).isEqualTo(decoded + undecodable);
            assertThat(epoch.stream().filter(NodeEvent::hasLoss).mapToLong(event -> event.getLoss().getEvents()).sum())
                    .isEqualTo(undecodable);
            assertThat(epoch.stream().filter(NodeEvent::hasLoss).map(event -> event.getLoss().getCause()))
                    .containsOnly(Loss.Cause.CAUSE_UNDECODABLE);
        }
    }

    @Test
    void anErrorOfTheMachineEndsTheAgent() throws Exception {
        FaultySink sink = new FaultySink(() -> {
            throw new LinkageError("thrown by a test");
        });
        Path recording = Player.recording("p2p_addrv2_relay", directory);
        try (Player player = Player.in(directory);
                TracedHost host = TracedHost.of(
                        sink, NodeSettings.running(player.executable(), "alice", "regtest"))) {
            player.play(List.of(recording), "--linger", "60");
            await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(30)).until(host::ended, Optional::isPresent);
            assertThat(host.ended()).hasValueSatisfying(text -> assertThat(text).contains("alice").contains("LinkageError"));
            assertThat(host.fault()).isEqualTo(host.ended());
        }
    }

    private static boolean isCall(NodeEvent event) {
        return !event.hasNodeStarted() && !event.hasHeartbeat() && !event.hasLoss() && !event.hasNodeStopped();
    }

    private static long sum(Heartbeat heartbeat, ToLongFunction<TracepointStatus> count) {
        return heartbeat.getTracepointsList().stream().mapToLong(count).sum();
    }

    /** Throws once, at a call. */
    private static final class FaultySink implements EventSink {
        private final CollectedEvents events = new CollectedEvents();
        private final Runnable fault;
        private int calls;

        private FaultySink(Runnable fault) {
            this.fault = fault;
        }

        @Override
        public void enqueue(EventAccount account, NodeEvent event) {
            if (isCall(event) && calls++ == BEFORE_THE_FAULT) {
                fault.run();
            }
            events.enqueue(account, event);
        }
    }
}
