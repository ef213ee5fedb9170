package org.bitcoinwatchdog.detectors.evaluation.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockArrivalFileTest {
    @TempDir
    private Path directory;

    @Test
    void takesTheFirstArrivalAtEachHeightInTheOrderOfHeights() throws IOException {
        Path file = write("102,cc,3000\n100,aa,1000\n101,bb,2500\n101,b2,2000\n103,dd,2900\n");

        assertThat(BlockArrivalFile.read(file)).containsExactly(1_000_000L, 2_000_000L, 3_000_000L, 3_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100,aa\n", "x,aa,1\n", "100,aa,soon\n", "100,aa,1,2\n"})
    void namesTheLineThatIsSomethingElse(String line) throws IOException {
        Path file = write("99,00,1000\n" + line);

        assertThatThrownBy(() -> BlockArrivalFile.read(file))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(file + ", line 2");
    }

    @Test
    void saysThatAFileIsMissingOrEmpty() throws IOException {
        Path empty = write("");

        assertThatThrownBy(() -> BlockArrivalFile.read(empty)).hasMessageContaining("no block arrivals");
        assertThatThrownBy(() -> BlockArrivalFile.read(directory.resolve("none.csv"))).hasMessageContaining("none.csv");
    }

    /** Real arrivals are not part of the project: their directory is named by WATCHDOG_DATA, or lies beside the checkout. */
    @ParameterizedTest
    @ValueSource(strings = {"darosior_node0.csv.gz", "offing-gcp.csv.gz"})
    void realArrivalsRaiseNoMorePagesThanOneAYear(String name) {
        Path file = data().resolve(name);
        assumeTrue(Files.exists(file), "real block arrivals are not here: " + file);

        BenignTrial.Result result = (BenignTrial.Result) new ReplayTrial(file).run(new Playback(DetectorSettings.defaults()));

        long pages = result.episodes().stream()
                .filter(episode -> !episode.baseline() && episode.severity() == Severity.PAGE).count();
        assertThat(pages).isLessThanOrEqualTo(Math.round(Math.ceil(result.nodeYears())));
    }

    private static Path data() {
        String named = Optional.ofNullable(System.getProperty("watchdog.data")).orElse(System.getenv("WATCHDOG_DATA"));
        // The tests run in the module's folder.
        return named != null ? Path.of(named) : Path.of("..", "..", "shared", "data");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("arrivals.csv"), text);
    }
}
