package org.bitcoinwatchdog.detectors.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.evaluation.EvaluationSettings.Half;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    @TempDir
    private Path directory;

    @Test
    void printsTheTablesAndWritesThePageAndReportsProgress() throws Exception {
        Path report = directory.resolve("report.html");
        List<Double> steps = new ArrayList<>();

        String text = run(settings(report, 2), steps);

        assertThat(text).contains("background at full rate").contains("pages per node-month").contains("budget 0.1");
        assertThat(steps).isSorted().last().satisfies(last -> assertThat(last).isBetween(0.999, 1.001));
        assertThat(Files.readString(report)).startsWith("<!DOCTYPE html>").contains("pages per node-month")
                .doesNotContain("http://").doesNotContain("https://").doesNotContain("<script");
        assertThat(Files.readString(Path.of(report + ".md"))).contains("| pages per node-month |").contains("| --- |")
                .contains("| background at full rate |");
    }

    @Test
    void threadsDoNotChangeTheResult() throws Exception {
        assertThat(run(settings(directory.resolve("a"), 1), new ArrayList<>()))
                .isEqualTo(run(settings(directory.resolve("b"), 3), new ArrayList<>()));
    }

    @Test
    void tuningAndReportingNeverShareASeed() {
        for (long n = 0; n < 100; n++) {
            assertThat(Half.TUNING.seed(n) % 2).isZero();
            assertThat(Half.REPORTING.seed(n) % 2).isOne();
        }
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> new EvaluationSettings(-1, 1, 1, Half.TUNING, List.of(), List.of(), 1, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Some 90 minutes of a fleet of four, and 15 at the full rate. */
    private static EvaluationSettings settings(Path report, int threads) {
        return new EvaluationSettings(0, 0.0007, 0.01, Half.TUNING, List.of(), List.of(report, Path.of(report + ".md")), threads, "");
    }

    private static String run(EvaluationSettings settings, List<Double> steps) throws InterruptedException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Evaluation.run(settings, DetectorSettings.defaults(), (done, what) -> steps.add(done),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }
}
