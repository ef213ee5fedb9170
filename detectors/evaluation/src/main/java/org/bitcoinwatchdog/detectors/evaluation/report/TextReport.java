package org.bitcoinwatchdog.detectors.evaluation.report;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.bitcoinwatchdog.detectors.evaluation.EvaluationSettings;
import org.bitcoinwatchdog.detectors.evaluation.measure.BenignRow;
import org.bitcoinwatchdog.detectors.evaluation.measure.Findings;
import org.bitcoinwatchdog.detectors.evaluation.measure.InjectionRow;
import org.bitcoinwatchdog.detectors.evaluation.measure.RealRow;

/** The tables for a terminal. */
public final class TextReport {
    private static final String ATTACK = "%-64s %-11s %6s %6s %9s %9s %9s %9s %9s  %s%n";
    private static final String BENIGN = "%-34s %8s %6d %6d %6d  %s%n";

    private static final String RATE = "  %-54s %-24s %-24s %s%n";

    private final EvaluationSettings settings;
    private final Findings findings;

    public TextReport(EvaluationSettings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    public void print(PrintStream out) {
        out.printf(Locale.ROOT, "Rules: %s.%nSeeds of the %s half; %,d events simulated.%n", String.join(", ", findings.rules()),
                settings.half().name().toLowerCase(Locale.ROOT), findings.events());
        attacks(out);
        benign(out);
        real(out);
        rates(out);
        verdict(out);
    }

    private void attacks(PrintStream out) {
        if (findings.injections().isEmpty()) {
            return;
        }
        out.printf(Locale.ROOT, "%n" + ATTACK, "ATTACK", "", "found", "paged", "delay 50%", "delay 90%", "worst", "page 50%", "resolved", "by");
        for (InjectionRow row : findings.injections()) {
            out.printf(Locale.ROOT, ATTACK, row.injection().name(), Cells.verdict(row), row.detected() + "/" + row.trials(),
                    row.paged(), Cells.seconds(row.delayS(.5)), Cells.seconds(row.delayS(.9)),
                    Cells.seconds(row.delayS(1)), Cells.seconds(row.pageDelayS(.5)),
                    row.unresolved() > 0 ? row.unresolved() + " open" : Cells.seconds(row.resolveS(.5)),
                    Cells.counts(row.byRule()));
        }
        out.printf(Locale.ROOT, "delay, page: from the first visible harm to the alert and to the page; resolved: after the attack's end, median; found: of the trials in"
                + " which there was harm to see.%n");
    }

    private void benign(PrintStream out) {
        if (!findings.benign().isEmpty()) {
            head(out, "BENIGN, simulated");
            findings.benign().forEach(row -> row(out, row));
        }
    }

    private void real(PrintStream out) {
        if (!findings.real().isEmpty()) {
            head(out, "REAL");
        }
        for (RealRow row : findings.real()) {
            row(out, row.alerts());
            if (row.lags() > 0) {
                out.printf(Locale.ROOT, "  a node behind the others for over 2 min: %d times; FleetLag found %d once, %d never, %d repeatedly%n",
                        row.lags(), row.once(), row.never(), row.lags() - row.once() - row.never());
            }
        }
    }

    private static void head(PrintStream out, String title) {
        out.printf(Locale.ROOT, "%n%-34s %8s %6s %6s %6s  %s%n", title, "years", "pages", "warns", "infos", "which, and the first of each");
    }

    private static void row(PrintStream out, BenignRow row) {
        out.printf(Locale.ROOT, BENIGN, row.name(), Cells.number("%.2f", row.nodeYears()), sum(row.pages()), sum(row.warnings()),
                sum(row.infos()), String.join("; ", row.examples().entrySet().stream()
                        .map(example -> example.getKey() + " (" + example.getValue() + ")").toList()));
    }

    private void rates(PrintStream out) {
        if (findings.benign().isEmpty() && findings.real().isEmpty()) {
            return;
        }
        out.printf(Locale.ROOT, "%nFALSE ALERTS, with 95 %% intervals; simulated and real traffic are never summed%n");
        out.printf(Locale.ROOT, RATE, RateTable.HEAD.toArray());
        RateTable.of(findings).forEach(row -> out.printf(Locale.ROOT, RATE, row.toArray()));
    }

    private void verdict(PrintStream out) {
        if (findings.injections().isEmpty()) {
            return;
        }
        List<InjectionRow> missed = findings.missed();
        int must = findings.required().size();
        out.printf(Locale.ROOT, "%nattacks at or above a threshold: %d of %d always found%s%n", must - missed.size(), must,
                findings.foundOfRequired().map(share -> "; " + Cells.share(share)).orElse(""));
    }

    private static int sum(java.util.Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
