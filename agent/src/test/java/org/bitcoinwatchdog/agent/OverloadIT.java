package org.bitcoinwatchdog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.agent.discovery.NodeSettings;
import org.bitcoinwatchdog.agent.kernel.TracingAssumption;
import org.bitcoinwatchdog.agent.publish.EventAccount;
import org.bitcoinwatchdog.agent.publish.EventOutbox;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.Loss;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.TracepointStatus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More events than the agent has room for: a small ring buffer in the kernel, and no Kafka. The books balance. */
class OverloadIT {
    private static final int RING_BUFFER_BYTES = 1 << 18;
    private static final int CALLS = 60_000;
    private static final long MEMORY_BYTES = 1 << 20;
    private static final long SPOOL_BYTES = 1 << 19;

    @TempDir
    private Path directory;

    @BeforeAll
    static void mayTrace() {
        TracingAssumption.check();
    }

    @Test
    void everyCallThatIsFiredIsAccountedForThoughMostAreLost() throws Exception {
        CollectedEvents collected = new CollectedEvents();
        List<EventAccount> accounts = new ArrayList<>();
        long fired;
        try (EventOutbox publisher = new EventOutbox(Map.of("bootstrap.servers", "127.0.0.1:1"), MEMORY_BYTES,
                directory.resolve("spool"), SPOOL_BYTES);
                Player player = Player.in(Files.createDirectory(directory.resolve("alice")));
                TracedHost host = TracedHost.overloaded(RING_BUFFER_BYTES, (account, event) -> {
                    if (accounts.isEmpty()) {
                        accounts.add(account);
                    }
                    publisher.enqueue(account, event);
                    collected.enqueue(account, event);
                }, NodeSettings.running(player.executable(), "alice", "main"))) {
            publisher.start();
            fired = player.generate(CALLS);
            collected.await(0, NodeEvent::hasNodeStopped);
        }
        assertThat(fired).isEqualTo(CALLS);
        Heartbeat last = collected.last("alice", NodeEvent.BodyCase.HEARTBEAT).getHeartbeat();
        long captured = sum(last, TracepointStatus::getCaptured);
        long dropped = sum(last, TracepointStatus::getDropped);
        long undecodable = sum(last, TracepointStatus::getUndecodable);
        long decoded = collected.of("alice").stream().filter(event -> event.hasInboundMessage() || event.hasOutboundMessage()).count();
        assertThat(dropped).isPositive();
        assertThat(captured + dropped).isEqualTo(fired).isEqualTo(sum(last, TracepointStatus::getFired));
        assertThat(decoded + undecodable).isEqualTo(captured);

        EventAccount account = accounts.get(0);
        assertThat(account.accepted()).isEqualTo(collected.of("alice").size());
        assertThat(account.published() + account.waiting() + account.lost()).isEqualTo(account.accepted());
        assertThat(account.acknowledged()).isZero();
        assertThat(account.lost()).isPositive();
        // Losses after the last heartbeat are not reported, because the agent has ended.
        assertThat(lost(collected, Loss.Cause.CAUSE_RING_BUFFER_FULL)).isEqualTo(dropped);
        assertThat(lost(collected, Loss.Cause.CAUSE_SPOOL_FULL)).isEqualTo(last.getLost()).isBetween(1L, account.lost());
    }

    private static long sum(Heartbeat heartbeat, ToLongFunction<TracepointStatus> count) {
        return heartbeat.getTracepointsList().stream().mapToLong(count).sum();
    }

    private static long lost(CollectedEvents events, Loss.Cause cause) {
        return events.all().stream()
                .filter(event -> event.hasLoss() && event.getLoss().getCause() == cause)
                .collect(Collectors.summingLong(event -> event.getLoss().getEvents()));
    }
}
