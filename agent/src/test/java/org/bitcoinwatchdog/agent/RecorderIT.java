package org.bitcoinwatchdog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bitcoinwatchdog.agent.discovery.NodeSettings;
import org.bitcoinwatchdog.agent.kernel.TracingAssumption;
import org.bitcoinwatchdog.events.RecordedCall;
import org.bitcoinwatchdog.events.RecordingReader;
import org.bitcoinwatchdog.events.Recordings;
import org.bitcoinwatchdog.events.RecordingWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records the calls of a process that plays a recording, and compares the two recordings. */
class RecorderIT {
    @TempDir
    private Path directory;

    @BeforeAll
    static void mayTrace() {
        TracingAssumption.check();
    }

    @Test
    void aRecordingThatIsPlayedAndRecordedIsTheSameButForThePayloadThatTheKernelCuts() throws Exception {
        Path played = Player.recording(Recordings.ADDRESS_FLOOD, directory);
        Path recorded = directory.resolve("recorded.jsonl.gz");
        List<Recorder.Account> accounts;
        try (Player player = Player.in(directory); RecordingWriter writer = RecordingWriter.create(recorded)) {
            player.play(List.of(played));
            CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(() -> awaitEnd(player));
            AgentSettings settings = AgentSettings.defaults()
                    .withNodes(NodeSettings.running(player.executable(), "alice", "regtest"));
            accounts = new Recorder(settings, Set.of("alice"), writer, line -> { }).run(() -> !ended.isDone());
            assertThat(ended.get(1, TimeUnit.SECONDS)).isZero();
        }
        List<RecordedCall> expected = calls(Files.newInputStream(played));
        List<RecordedCall> calls = calls(Files.newInputStream(recorded));
        assertThat(accounts).containsExactly(new Recorder.Account("alice", expected.size(), expected.size(), 0, 0));
        assertThat(calls).hasSameSizeAs(expected);
        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).node()).isEqualTo("alice");
            assertThat(calls.get(i).timeNs()).isGreaterThanOrEqualTo(calls.get(Math.max(0, i - 1)).timeNs());
            isSame(calls.get(i), expected.get(i));
        }
    }

    @Test
    void aNodeThatIsNotWantedIsNotRecorded() throws Exception {
        Path recorded = directory.resolve("recorded.jsonl.gz");
        Path played = Player.recording(Recordings.ADDRESS_FLOOD, directory);
        try (Player player = Player.in(directory); RecordingWriter writer = RecordingWriter.create(recorded)) {
            player.play(List.of(played));
            AgentSettings settings = AgentSettings.defaults()
                    .withNodes(NodeSettings.running(player.executable(), "alice", "regtest"));
            long began = System.nanoTime();
            assertThat(new Recorder(settings, Set.of("bob"), writer, line -> { })
                    .run(() -> System.nanoTime() - began < 1_000_000_000L)).isEmpty();
        }
        assertThat(calls(Files.newInputStream(recorded))).isEmpty();
    }

    private static void isSame(RecordedCall call, RecordedCall expected) {
        assertThat(call.tracepoint()).isEqualTo(expected.tracepoint());
        List<Object> args = new ArrayList<>(call.args());
        List<Object> expectedArgs = new ArrayList<>(expected.args());
        if (call.tracepoint().endsWith("_message")) {
            assertThat((String) expectedArgs.remove(5)).startsWith((String) args.remove(5));
        }
        assertThat(args).isEqualTo(expectedArgs);
    }

    private static int awaitEnd(Player player) {
        try {
            return player.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private static List<RecordedCall> calls(InputStream recording) throws IOException {
        List<RecordedCall> calls = new ArrayList<>();
        try (RecordingReader reader = new RecordingReader(recording, broken -> {
            throw new AssertionError(broken);
        })) {
            reader.forEachRemaining(calls::add);
        }
        return calls;
    }
}
