package org.bitcoinwatchdog.detectors.evaluation.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTrialTest {
    @TempDir
    private Path directory;

    @Test
    void aLineThatIsNoArrivalIsToldByItsNumberAndTheOthersAreUsed() throws IOException {
        String hash = "00".repeat(32);
        Path file = write("height,hash,time\n100," + hash + ",1700000000000\n\nx,aa,1\n101," + hash + ",1700000600000\n");
        List<String> problems = new ArrayList<>();

        ReplayTrial trial = new ReplayTrial(file, problems::add);

        assertThat(trial.name()).isEqualTo("real arrivals of arrivals");
        assertThat(problems).hasSize(2).anyMatch(each -> each.contains("line 1 ")).anyMatch(each -> each.contains("line 4 "));
    }

    @Test
    void saysThatAFileIsMissingOrEmpty() throws IOException {
        Path empty = write("");

        assertThatThrownBy(() -> new ReplayTrial(empty, line -> { })).hasMessageContaining("no block arrivals");
        assertThatThrownBy(() -> new ReplayTrial(directory.resolve("none.csv"), line -> { })).hasMessageContaining("none.csv");
    }

    /** Real arrivals are not part of the project: their directory is named by WATCHDOG_DATA, or lies beside the checkout. */
    @ParameterizedTest
    @ValueSource(strings = {"darosior_node0.csv.gz", "offing-gcp.csv.gz"})
    void realArrivalsRaiseNoMorePagesThanOneAYear(String name) {
        Path file = data().resolve(name);
        assumeTrue(Files.exists(file), "real block arrivals are not here: " + file);

        BenignTrial.Result result = (BenignTrial.Result) new ReplayTrial(file, line -> { }).run(new Playback(DetectorSettings.defaults()));

        long pages = result.episodes().stream()
                .filter(episode -> !episode.baseline() && episode.severity() == Severity.PAGE).count();
        assertThat(pages).isLessThanOrEqualTo(Math.round(Math.ceil(result.nodeYears())));
    }

    private static Path data() {
        String named = Optional.ofNullable(System.getProperty("watchdog.data")).orElse(System.getenv("WATCHDOG_DATA"));
        // The tests run in the module's folder.
        return named != null ? Path.of(named) : Path.of("..", "..", "..", "shared", "data");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("arrivals.csv"), text);
    }
}
