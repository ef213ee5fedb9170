package org.bitcoinwatchdog.detectors.evaluation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.evaluation.measure.BenignRow;
import org.bitcoinwatchdog.detectors.evaluation.measure.Experiment;
import org.bitcoinwatchdog.detectors.evaluation.measure.Experiment.Progress;
import org.bitcoinwatchdog.detectors.evaluation.measure.Findings;
import org.bitcoinwatchdog.detectors.evaluation.measure.InjectionRow;
import org.bitcoinwatchdog.detectors.evaluation.measure.Rate;
import org.bitcoinwatchdog.detectors.evaluation.report.Cells;

/**
 * One setting of a rule over a range of values: false pages against recall and delay, for choosing a threshold.
 *
 * @param alertname of the rule
 * @param setting   as the configuration names it
 * @param points    in the order of the table
 */
public record Sweep(String alertname, String setting, List<Point> points) {
    private static final String ROW = "| %s | %s | %s | %s | %s | %s | %s | %s |%n";

    public Sweep {
        points = List.copyOf(points);
    }

    /** @param value as the configuration spells it */
    public record Point(String value, DetectorSettings settings) {
    }

    /**
     * Measures each value on the same traffic, and prints a table in Markdown.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void run(EvaluationSettings settings, Progress progress, PrintStream out) throws InterruptedException {
        List<Findings> findings = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            double before = i;
            Point point = points.get(i);
            findings.add(new Experiment(settings, point.settings(),
                    (done, what) -> progress.step((before + done) / points.size(), setting + "=" + point.value() + ", " + what),
                    Optional.of(alertname)).run());
        }
        out.printf(Locale.ROOT, ROW, setting, "false pages a node-month, simulated", "real arrivals", "false warnings a node-week, simulated",
                "real arrivals", "attacks found", "first alert, median / 90 %", "page, median / 90 %");
        out.printf(Locale.ROOT, ROW, "---", "---", "---", "---", "---", "---", "---", "---");
        for (int i = 0; i < points.size(); i++) {
            print(points.get(i).value(), findings.get(i), out);
        }
    }

    private void print(String value, Findings found, PrintStream out) {
        List<InjectionRow> required = found.required();
        int trials = required.stream().mapToInt(InjectionRow::trials).sum();
        int detected = required.stream().mapToInt(InjectionRow::detected).sum();
        Optional<BenignRow> simulated = found.benign().isEmpty() ? Optional.empty() : Optional.of(found.allBenign());
        out.printf(Locale.ROOT, ROW, value,
                simulated.map(row -> Cells.rate(row.perNodeMonth(count(row.pages())))).orElse("-"),
                found.real(RealTraffic.TrafficKind.ARRIVALS).map(row -> Cells.rate(row.perNodeMonth(count(row.pages())))).orElse("-"),
                simulated.map(row -> Cells.rate(perWeek(row))).orElse("-"),
                found.real(RealTraffic.TrafficKind.ARRIVALS).map(row -> Cells.rate(perWeek(row))).orElse("-"),
                trials == 0 ? "-" : detected + " of " + trials,
                quantiles(required.stream().flatMap(row -> row.delaysS().stream()).toList()),
                quantiles(required.stream().flatMap(row -> row.pageDelaysS().stream()).toList()));
    }

    private Rate perWeek(BenignRow row) {
        return row.perNodeWeek(count(row.warnings()));
    }

    private int count(Map<String, Integer> byRule) {
        return byRule.getOrDefault(alertname, 0);
    }

    private static String quantiles(List<Double> delaysS) {
        return delaysS.isEmpty() ? "-"
                : Cells.seconds(InjectionRow.quantile(delaysS, .5)) + " / " + Cells.seconds(InjectionRow.quantile(delaysS, .9));
    }
}
