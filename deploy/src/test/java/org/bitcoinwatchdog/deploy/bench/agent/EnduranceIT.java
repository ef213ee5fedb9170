package org.bitcoinwatchdog.deploy.bench.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.deploy.config.DurationText;
import org.bitcoinwatchdog.deploy.demo.StandInNode;
import org.bitcoinwatchdog.events.Recordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent runs over looping recordings, while the traced processes and the broker are restarted again and again. It lasts
 * {@code -Dwatchdog.endurance}, 8 seconds by default, and at least until the broker was restarted: {@code mvn -pl deploy -am
 * verify -Dit.test=EnduranceIT -Dwatchdog.endurance=1h}. The report is in target/endurance.txt.
 */
class EnduranceIT {
    private static final Duration LENGTH = DurationText.parse(System.getProperty("watchdog.endurance", "8s"));

    @TempDir
    Path directory;

    @Test
    void sequencesAreCompleteAndMemoryAndFilesStayFlatWhateverIsRestarted() throws Exception {
        Optional<Path> player = StandInNode.program();
        assumeTrue(player.isPresent(), "tracepoint-player was not built");
        mayTrace();
        Map<String, String[]> nodes = Map.of(
                "alice", new String[] {"--speed", "10", "--loop", "forever", recording(Recordings.ECLIPSE)},
                "bob", new String[] {"--speed", "2", "--loop", "forever", recording(Recordings.FLEET_NORMAL)});
        try (Endurance endurance = Endurance.begin(directory, player.get(), nodes)) {
            endurance.last(LENGTH);
            endurance.end();
            Files.writeString(Path.of("target", "endurance.txt"), endurance.report());
            System.out.println(endurance.report());

            assertThat(endurance.restartsOfTheBroker()).isPositive();
            assertThat(endurance.runs()).hasSizeGreaterThan(2).allSatisfy(run -> {
                assertThat(run.fired()).isPositive();
                EpochBook book = endurance.book(run);
                assertThat(book.missing()).as(book.toString()).isZero();
                assertThat(book.outOfOrder()).as(book.toString()).isZero();
                assertThat(book.calls()).as(book.toString()).isEqualTo(run.fired());
                assertThat(book.fired()).as(book.toString()).isEqualTo(run.fired());
                assertThat(book.toldLost()).as(book.toString()).isZero();
                assertThat(book.stopped()).as(book.toString()).isTrue();
            });
            endurance.figures().assertFlat();
        }
    }

    private String recording(String name) throws IOException {
        Path file = directory.resolve(name + ".jsonl.gz");
        try (OutputStream out = Files.newOutputStream(file)) {
            Recordings.bytes(name).transferTo(out);
        }
        return file.toString();
    }

    private static void mayTrace() {
        try {
            Tracing.check();
        } catch (KernelException e) {
            abort("no tracing here: " + e.getMessage());
        }
    }
}
