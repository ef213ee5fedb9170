package org.bitcoinwatchdog.detectors.evaluation;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.evaluation.measure.Experiment;
import org.bitcoinwatchdog.detectors.evaluation.measure.Experiment.Progress;
import org.bitcoinwatchdog.detectors.evaluation.measure.Findings;
import org.bitcoinwatchdog.detectors.evaluation.report.HtmlReport;
import org.bitcoinwatchdog.detectors.evaluation.report.MarkdownReport;
import org.bitcoinwatchdog.detectors.evaluation.report.TextReport;

/** How good the detectors are, measured on labelled traffic (rules.md, section 5). */
public final class Evaluation {
    private Evaluation() {
    }

    /**
     * Simulates, measures, prints the tables, and writes the reports.
     *
     * @param progress called from several threads, one at a time
     * @throws InterruptedException     if the thread is interrupted; nothing is printed then
     */
    public static Findings run(EvaluationSettings settings, DetectorSettings detectors, Progress progress, PrintStream out)
            throws InterruptedException {
        Findings findings = new Experiment(settings, detectors, progress).run();
        new TextReport(settings, findings).print(out);
        for (Path file : settings.reports()) {
            write(file, file.toString().endsWith(".md")
                    ? new MarkdownReport(settings, findings).page() : new HtmlReport(settings, findings).page());
        }
        return findings;
    }

    private static void write(Path file, String page) {
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report to " + file, e);
        }
    }
}
