package org.bitcoinwatchdog.detectors.evaluation.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.evaluation.EvaluationSettings;
import org.bitcoinwatchdog.detectors.evaluation.RealTraffic.TrafficKind;
import org.bitcoinwatchdog.detectors.evaluation.measure.BenignRow;
import org.bitcoinwatchdog.detectors.evaluation.measure.Findings;
import org.bitcoinwatchdog.detectors.evaluation.measure.InjectionRow;

/** The tables of BENCHMARKS.md, to be copied as they are. */
public final class MarkdownReport {
    private static final String FLOOD = "address flood";
    private static final String LAG = "FleetLag";

    private final EvaluationSettings settings;
    private final Findings findings;
    private final StringBuilder page = new StringBuilder();

    public MarkdownReport(EvaluationSettings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    public String page() {
        page.append(Cells.number("Seeds of the %s half, %.1f benign node-years, %,d events.%n%n",
                settings.half().name().toLowerCase(java.util.Locale.ROOT),
                findings.benign().stream().mapToDouble(BenignRow::nodeYears).sum(), findings.events()));
        summary();
        rates();
        cases();
        attacks("attack at or above a threshold", row -> row.injection().must() && row.ruleExists());
        attacks("attack below a threshold", row -> !row.injection().must() && row.ruleExists());
        return page.toString();
    }

    private void summary() {
        head("benign traffic, every hard case included", "measured, 95 % interval", "aim");
        if (!findings.benign().isEmpty()) {
            row("pages per node-month", Cells.rate(findings.allBenign().pagesPerNodeMonth()), "0.1");
            row("warnings per node-week", Cells.rate(findings.allBenign().warningsPerNodeWeek()), "1");
        }
        long missed = findings.missed().size();
        findings.foundOfRequired().ifPresent(share -> row("attacks at or above a threshold that were always found",
                findings.required().size() - missed + " of " + findings.required().size() + "; " + Cells.share(share), "all"));
        worst(FLOOD + ", first alert", findings.required().stream().filter(found -> found.injection().family().equals(FLOOD)), "5 s");
        worst("fleet lag, first alert after the missed block", findings.required().stream()
                .filter(found -> found.injection().alertnames().contains(LAG) && !found.injection().family().startsWith("amid")), "130 s");
        findings.real(TrafficKind.ARRIVALS).ifPresent(real -> {
            row("pages per node-month on real block arrivals, " + Cells.number("%.2f node-years", real.nodeYears()),
                    Cells.rate(real.pagesPerNodeMonth()), "0.1");
            row("warnings per node-week on real block arrivals", Cells.rate(real.warningsPerNodeWeek()), "1");
        });
    }

    private void worst(String name, Stream<InjectionRow> rows, String aim) {
        rows.flatMap(row -> row.delaysS().stream()).max(Comparator.naturalOrder())
                .ifPresent(seconds -> row(name, Cells.seconds(seconds) + " at the worst", aim));
    }

    private void rates() {
        head(RateTable.HEAD.toArray(String[]::new));
        RateTable.of(findings).forEach(cells -> row(cells.toArray(String[]::new)));
    }

    private void cases() {
        head("benign case", "node-years", "pages", "warnings", "infos");
        findings.benign().forEach(row -> row(row.name(), Cells.number("%.2f", row.nodeYears()), Cells.counts(row.pages()),
                Cells.counts(row.warnings()), Cells.counts(row.infos())));
    }

    /** One row a family: its strengths, and the figures of each strength in the same order unless they are all alike. */
    private void attacks(String title, Predicate<InjectionRow> which) {
        Map<String, List<InjectionRow>> families = findings.injections().stream().filter(which)
                .collect(Collectors.groupingBy(row -> row.injection().family(), LinkedHashMap::new, Collectors.toList()));
        if (families.isEmpty()) {
            return;
        }
        head(title, "strength", "found", "first alert, median / worst", "page, median (of how many)");
        families.forEach((family, rows) -> row(family,
                each(rows, row -> row.injection().strength()),
                each(rows, row -> row.detected() + "/" + row.trials()),
                each(rows, row -> row.detected() == 0 ? "-" : Cells.seconds(row.delayS(.5)) + " / " + Cells.seconds(row.delayS(1))),
                each(rows, MarkdownReport::paged)));
    }

    private static String paged(InjectionRow row) {
        OptionalDouble median = row.pageDelayS(.5);
        return median.isEmpty() ? "-" : Cells.seconds(median) + (row.paged() < row.trials() ? " (" + row.paged() + ")" : "");
    }

    private static String each(List<InjectionRow> rows, java.util.function.Function<InjectionRow, String> cell) {
        List<String> cells = rows.stream().map(cell).toList();
        boolean alike = rows.size() > 1 && cells.stream().distinct().count() == 1;
        return alike ? cells.get(0) + (cells.get(0).equals("-") ? "" : " each") : String.join("; ", cells);
    }

    private void head(String... names) {
        if (page.charAt(page.length() - 2) != '\n') {
            page.append('\n');
        }
        row(names);
        row(Stream.of(names).map(name -> "---").toArray(String[]::new));
    }

    private void row(String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
