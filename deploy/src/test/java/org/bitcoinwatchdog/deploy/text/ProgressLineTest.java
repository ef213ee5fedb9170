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
    void aFileGetsPlainLinesAndNotAtEachStep() {
        try (ProgressLine line = new ProgressLine(new PrintWriter(written), false)) {
            line.step(0.5, "half of it");
        }
        assertThat(written.toString()).isEmpty();
    }
}
