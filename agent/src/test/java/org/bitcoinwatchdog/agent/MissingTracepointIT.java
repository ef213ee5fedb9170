package org.bitcoinwatchdog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.agent.discovery.NodeSettings;
import org.bitcoinwatchdog.agent.kernel.ElfNotes;
import org.bitcoinwatchdog.agent.kernel.ElfNotes.UsdtNote;
import org.bitcoinwatchdog.agent.kernel.TracingAssumption;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEvent.BodyCase;
import org.bitcoinwatchdog.events.TracepointStatus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executables in which tracepoints are missing or unreadable: a byte of their notes is changed. */
class MissingTracepointIT {
    @TempDir
    private Path directory;

    @BeforeAll
    static void mayTrace() {
        TracingAssumption.check();
    }

    @Test
    void aTracepointThatTheExecutableLacksIsNamedAndTheOthersWork() throws Exception {
        try (Player player = Player.in(directory)) {
            replace(player.executable(), "evicted_inbound_connection", "evicted_inbound_cannection");
            TracepointStatus missing = traced(player, "net:evicted_inbound_connection");
            assertThat(missing.getReason()).isEqualTo("the executable does not have it");
        }
    }

    @Test
    void aTracepointWhoseArgumentsCannotBeReadIsNamedWithTheReasonAndTheOthersWork() throws Exception {
        try (Player player = Player.in(directory)) {
            String arguments = ElfNotes.read(player.executable()).stream()
                    .filter(note -> note.fullName().equals("net:evicted_inbound_connection"))
                    .map(UsdtNote::arguments)
                    .findFirst()
                    .orElseThrow();
            String note = "net\0evicted_inbound_connection\0" + arguments;
            replace(player.executable(), note, note.replace('@', '!'));
            TracepointStatus unreadable = traced(player, "net:evicted_inbound_connection");
            assertThat(unreadable.getReason()).contains("!").contains("unknown form");
        }
    }

    /** The status of the only tracepoint that can't be attached, from a heartbeat after the others have worked. */
    private TracepointStatus traced(Player player, String other) throws Exception {
        Path recording = Player.recording("p2p_addrv2_relay", directory);
        try (TracedHost host = TracedHost.of(NodeSettings.running(player.executable(), "alice", "regtest"))) {
            player.play(List.of(recording));
            assertThat(player.await()).isZero();
            host.events().await(0, NodeEvent::hasNodeStopped);
            assertThat(host.events().all()).extracting(NodeEvent::getBodyCase)
                    .contains(BodyCase.INBOUND_CONNECTION, BodyCase.INBOUND_MESSAGE, BodyCase.OUTBOUND_MESSAGE);
            Map<String, TracepointStatus> states =
                    host.events().last("alice", BodyCase.HEARTBEAT).getHeartbeat().getTracepointsList().stream()
                            .collect(Collectors.toMap(TracepointStatus::getTracepoint, Function.identity()));
            TracepointStatus status = states.remove(other);
            assertThat(status.getAttached()).isFalse();
            assertThat(states.values()).allMatch(TracepointStatus::getAttached);
            return status;
        }
    }

    private static void replace(Path executable, String old, String replacement) throws Exception {
        String bytes = Files.readString(executable, StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains(old);
        Files.writeString(executable, bytes.replace(old, replacement), StandardCharsets.ISO_8859_1);
    }
}
