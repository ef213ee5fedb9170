package org.bitcoinwatchdog.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    @TempDir
    private Path folder;

    @Test
    void printsTheTablesOnStandardOutputAndWritesTheReport() {
        Path report = folder.resolve("report.html");
        CommandRun run = CommandRun.of(
                "evaluate", "--seeds", "0", "--years", "0.0007", "--full-days", "0", "--report", report.toString());
        assertThat(run.err()).contains("report: " + report);
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("pages per node-month");
        assertThat(report).exists();
    }

    @Test
    void refusesWhatCanNotWorkBeforeItBegins() {
        assertThat(CommandRun.of("evaluate", "--seeds", "-1").status()).isEqualTo(2);
        assertThat(CommandRun.of("evaluate", "--report", folder.resolve("none/report.html").toString()).status()).isEqualTo(2);
        assertThat(CommandRun.of("evaluate", "--arrivals", folder.resolve("none.csv").toString()).status()).isEqualTo(2);
    }

    @Test
    void namesTheLineOfABrokenFileOfArrivals() throws IOException {
        Path file = Files.writeString(folder.resolve("arrivals.csv"), "1,aa,1000\nnonsense\n");
        CommandRun run = CommandRun.of("evaluate", "--seeds", "0", "--years", "0", "--full-days", "0", "--arrivals", file.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("line 2").hasLineCount(1);
    }
}
