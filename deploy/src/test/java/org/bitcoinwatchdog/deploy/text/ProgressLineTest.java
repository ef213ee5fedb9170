package org.bitcoinwatchdog.deploy.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final StringWriter written = new StringWriter();

    @Test
    void aTerminalsLineIsWrittenAnewAndRemovedAtTheEnd() {
        try (ProgressLine line = new ProgressLine(new PrintWriter(written), true)) {
            line.step(0.5, "half of it");
            line.step(0.51, "too soon for another");
        }
        assertThat(written.toString()).startsWith("\r\u001b[K[###############               ]  50 %")
                .contains("half of it").doesNotContain("too soon").endsWith("\r\u001b[K");
    }

    @Test
    void resultsAreWrittenInWholeLinesBetween() {
        StringWriter results = new StringWriter();
        try (Measuring measuring = new Measuring("measuring", new PrintWriter(results), new PrintWriter(written))) {
            measuring.results().printf(java.util.Locale.ROOT, "%d events", 5);
            assertThat(results.toString()).isEmpty();
            measuring.results().println(" a second");
            assertThat(results.toString()).isEqualTo("5 events a second" + System.lineSeparator());
            measuring.results().print("half a line");
        }
        assertThat(results.toString()).endsWith("half a line");
    }

    @Test
    void workWithoutAKnownEndTellsWhatWasDone() {
        try (ProgressLine line = new ProgressLine(new PrintWriter(written), true)) {
            line.step("16,384 events");
        }
        assertThat(written.toString()).isEqualTo("\r\u001b[K16,384 events\r\u001b[K");
    }

    @Test
    void aFileGetsPlainLinesAndNotAtEachStep() {
        try (ProgressLine line = new ProgressLine(new PrintWriter(written), false)) {
            line.step(0.5, "half of it");
        }
        assertThat(written.toString()).isEmpty();
    }
}
