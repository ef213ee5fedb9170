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
    void namesTheLineOfAFileOfArrivalsThatIsNoneAndUsesTheOthers() throws IOException {
        String arrivals = "1,%1$s1,1700000000000\nnonsense\n2,%1$s2,1700000600000\n".formatted("0".repeat(63));
        CommandRun run = evaluates(Files.writeString(folder.resolve("arrivals.csv"), arrivals));
        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("arrivals.csv: line 2 is not a block arrival");
        assertThat(run.out()).contains("real arrivals of arrivals");

        CommandRun none = evaluates(Files.writeString(folder.resolve("none.csv"), "nonsense\n"));
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.err()).contains("no block arrivals").hasLineCount(1);
    }

    @Test
    void aSweepPrintsFalseAlertsAgainstDelayForEachValue() throws IOException {
        StringBuilder arrivals = new StringBuilder();
        for (int height = 1; height < 30; height++) {
            arrivals.append("%d,%064x,%d%n".formatted(height, height, 1_700_000_000_000L + height * 600_000L));
        }
        Path file = Files.writeString(folder.resolve("arrivals.csv"), arrivals);

        CommandRun run = CommandRun.of("evaluate", "--seeds", "0", "--years", "0", "--full-days", "0", "--arrivals", file.toString(),
                "--rule", "fleet-lag", "--sweep", "page=60s..300s");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("| page |").contains("| 60s |").contains("| 120s |").contains("| 180s |")
                .contains("| 240s |").contains("| 300s |");
    }

    @Test
    void aSweepOfWhatDoesNotExistIsRefusedWithAnExample() {
        assertThat(CommandRun.of("evaluate", "--sweep", "page=60s..300s").err()).contains("belong together");
        assertThat(CommandRun.of("evaluate", "--rule", "fleet-lak", "--sweep", "page=60s..300s").err())
                .contains("did you mean fleet-lag?");
        assertThat(CommandRun.of("evaluate", "--rule", "fleet-lag", "--sweep", "page=60s").err()).contains("such as page=60s..300s");
        assertThat(CommandRun.of("evaluate", "--rule", "fleet-lag", "--sweep", "pag=60s..300s").err()).contains("pag");
        assertThat(CommandRun.of("evaluate", "--rule", "fleet-lag", "--sweep", "page=60s..many").err()).contains("60s..many");
    }

    @Test
    void theValuesOfASweepAreEvenlySpaced() {
        assertThat(SweepOption.values("60s", "5m")).containsExactly("60s", "120s", "180s", "240s", "300s");
        assertThat(SweepOption.values("2", "4")).containsExactly("2", "3", "4");
        assertThat(SweepOption.values("0.1", "0.5")).containsExactly("0.1", "0.2", "0.3", "0.4", "0.5");
    }

    private static CommandRun evaluates(Path arrivals) {
        return CommandRun.of("evaluate", "--seeds", "0", "--years", "0", "--full-days", "0", "--arrivals", arrivals.toString());
    }
}
