package org.bitcoinwatchdog.deploy.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.bitcoinwatchdog.deploy.bench.figures.Figures.BenchRun;
import org.bitcoinwatchdog.deploy.bench.figures.Figures.Figure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
    private static final MachineLoad QUIET = new MachineLoad(0.2, 2);

    @TempDir
    private Path directory;

    @Test
    void aRowHasTheAimBesideTheFigureAndSaysWhereItIsMissed() {
        StringWriter text = new StringWriter();
        Figures figures = new Figures(new PrintWriter(text));

        figures.add(Figure.of("CPU", 4.2, "% of a core").aimAtMost(5));
        figures.add(Figure.of("memory", 512, "MB").aimAtMost(450));
        figures.add(Figure.of("notified", 100, "%").aimAtLeast(100));
        figures.add(Figure.of("threads", 70, ""));

        assertThat(text.toString().lines()).hasSize(4);
        assertThat(text.toString().lines().map(line -> line.replaceAll(" +", " "))).containsExactly(
                "CPU 4.20 % of a core at most 5.00", "memory 512 MB at most 450: MISSED", "notified 100 % at least 100", "threads 70.0");
        assertThat(figures.missed()).containsExactly("memory");
    }

    @Test
    void aRunThatWasWrittenIsReadAgainAndCompared() throws IOException {
        BenchRun before = run(Figure.of("CPU", 10, "% of a core").aimAtMost(5), Figure.of("gone", 1, "s"));
        Path file = directory.resolve("a.json");
        before.write(file);
        BenchRun after = run(Figure.of("CPU", 4, "% of a core").aimAtMost(5), Figure.of("new", 2, "s"));

        assertThat(BenchRun.read(file)).isEqualTo(before);
        assertThat(new RunComparison(BenchRun.read(file), after).lines().stream().map(line -> line.strip().replaceAll(" +", " ")))
                .containsExactly("A B change", "load average before the run 0.20 0.20", "CPU 10.0 4.00 -60 % % of a core", "gone 1.00 - s",
                        "new - 2.00 s");
    }

    @Test
    void aFileThatIsNoRunIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("b.json"), "{\"figures\": 7}");

        assertThatThrownBy(() -> BenchRun.read(file)).isInstanceOf(IOException.class);
    }

    @Test
    void aMachineIsBusyFromHalfACoreOnEachCore() {
        assertThat(new MachineLoad(1, 2).warning()).isEmpty();
        assertThat(new MachineLoad(1.01, 2).warning()).hasValueSatisfying(warning -> assertThat(warning).contains("1.01 on 2 cores"));
    }

    private static BenchRun run(Figure... figures) {
        Figures all = new Figures(new PrintWriter(new StringWriter()));
        for (Figure figure : figures) {
            all.add(figure);
        }
        return all.run("1.0", Instant.EPOCH, QUIET, QUIET);
    }
}
