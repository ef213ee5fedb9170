package org.bitcoinwatchdog.detectors.evaluation.report;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.bitcoinwatchdog.detectors.evaluation.EvaluationSettings;
import org.bitcoinwatchdog.detectors.evaluation.measure.BenignRow;
import org.bitcoinwatchdog.detectors.evaluation.measure.Findings;
import org.bitcoinwatchdog.detectors.evaluation.measure.InjectionRow;

/** The tables for a terminal. */
public final class TextReport {
    private static final String ATTACK = "%-64s %-11s %6s %6s %9s %9s %9s %9s %9s  %s%n";
    private static final String BENIGN = "%-34s %8s %6d %6d %6d  %s%n";

    private static final int SKIPPED_SHOWN = 10;

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
        skipped(out);
        baselines(out);
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
        List<BenignRow> rows = new java.util.ArrayList<>(findings.benign());
        rows.addAll(findings.replays());
        if (rows.isEmpty()) {
            return;
        }
        out.printf(Locale.ROOT, "%n%-34s %8s %6s %6s %6s  %s%n", "BENIGN", "years", "pages", "warns", "infos", "which, and the first of each");
        for (BenignRow row : rows) {
            out.printf(Locale.ROOT, BENIGN, row.name(), Cells.number("%.2f", row.nodeYears()), sum(row.pages()), sum(row.warnings()),
                    sum(row.infos()), String.join("; ", row.examples().entrySet().stream()
                            .map(example -> example.getKey() + " (" + example.getValue() + ")").toList()));
        }
    }

    private void skipped(PrintStream out) {
        findings.skipped().stream().limit(SKIPPED_SHOWN).forEach(problem -> out.printf(Locale.ROOT, "skipped: %s%n", problem));
        if (findings.skipped().size() > SKIPPED_SHOWN) {
            out.printf(Locale.ROOT, "skipped: %d lines in all%n", findings.skipped().size());
        }
    }

    private void baselines(PrintStream out) {
        if (findings.benign().isEmpty()) {
            return;
        }
        BenignRow all = findings.allBenign();
        out.printf(Locale.ROOT, "%nFalse alarms per node-week on the same benign traffic, with 95 %% intervals%n");
        all.pages().forEach((rule, count) -> out.printf(Locale.ROOT, "  %-44s %s page%n", rule, Cells.rate(all.perNodeWeek(count))));
        all.warnings().forEach((rule, count) -> out.printf(Locale.ROOT, "  %-44s %s warn%n", rule, Cells.rate(all.perNodeWeek(count))));
        all.infos().forEach((rule, count) -> out.printf(Locale.ROOT, "  %-44s %s info%n", rule, Cells.rate(all.perNodeWeek(count))));
        all.baselines().forEach((rule, count) -> out.printf(Locale.ROOT, "  %-44s %s%n", rule, Cells.rate(all.perNodeWeek(count))));
    }

    private void verdict(PrintStream out) {
        out.println();
        if (!findings.benign().isEmpty()) {
            BenignRow all = findings.allBenign();
            out.printf(Locale.ROOT, "pages per node-month    %s, budget 0.1   over %.1f node-years%n",
                    Cells.rate(all.pagesPerNodeMonth()), all.nodeYears());
            out.printf(Locale.ROOT, "warnings per node-week  %s, budget 1%n", Cells.rate(all.warningsPerNodeWeek()));
        }
        List<InjectionRow> missed = findings.missed();
        int must = findings.required().size();
        out.printf(Locale.ROOT, "attacks at or above a threshold: %d of %d always found%s%n", must - missed.size(), must,
                findings.foundOfRequired().map(share -> "; " + Cells.share(share)).orElse(""));
    }

    private static int sum(java.util.Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
