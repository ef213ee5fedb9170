package org.bitcoinwatchdog.detectors.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.bitcoinwatchdog.detectors.evaluation.RealTraffic.TrafficKind;
import org.bitcoinwatchdog.detectors.evaluation.measure.BenignRow;
import org.bitcoinwatchdog.detectors.evaluation.measure.Findings;
import org.bitcoinwatchdog.detectors.evaluation.measure.Rate;

/**
 * Rates of alerts, with a column for simulated traffic and one for each kind of real traffic. They are never summed:
 * hard cases are far more frequent in the simulation than in practice, and arrivals exercise only the rules about
 * blocks.
 */
final class RateTable {
    static final List<String> HEAD = List.of("rate", "simulated", "real arrivals", "recordings");
    private static final String NONE = "-";

    private final List<Optional<BenignRow>> columns;
    private final List<List<String>> rows = new ArrayList<>();

    private RateTable(List<Optional<BenignRow>> columns) {
        this.columns = columns;
    }

    /** Totals first, then each rule that gave an alert; cells in the order of {@link #HEAD}. */
    static List<List<String>> of(Findings findings) {
        RateTable table = new RateTable(List.of(
                findings.benign().isEmpty() ? Optional.empty() : Optional.of(findings.allBenign()),
                findings.real(TrafficKind.ARRIVALS), findings.real(TrafficKind.RECORDING).filter(RateTable::isLong)));
        table.row("node-years", row -> Cells.number("%.2f", row.nodeYears()));
        table.row("pages per node-month, budget 0.1", row -> Cells.rate(row.pagesPerNodeMonth()));
        table.row("warnings per node-week, budget 1", row -> Cells.rate(row.warningsPerNodeWeek()));
        table.rules("page per node-month", BenignRow::pages, (row, count) -> row.perNodeMonth(count));
        table.rules("warn per node-week", BenignRow::warnings, (row, count) -> row.perNodeWeek(count));
        table.rules("info per node-week", BenignRow::infos, (row, count) -> row.perNodeWeek(count));
        table.rules("per node-week", BenignRow::baselines, (row, count) -> row.perNodeWeek(count));
        return table.rows;
    }

    /** A rate over less than a day is meaningless. The rows of the recordings show their alerts instead. */
    private static boolean isLong(BenignRow row) {
        return row.nodeYears() > 1 / 365.25;
    }

    private interface Per {
        Rate rate(BenignRow row, int count);
    }

    private void row(String name, Function<BenignRow, String> cell) {
        List<String> row = new ArrayList<>(List.of(name));
        columns.forEach(column -> row.add(column.map(cell).orElse(NONE)));
        rows.add(row);
    }

    private void rules(String unit, Function<BenignRow, Map<String, Integer>> counts, Per per) {
        Set<String> rules = new TreeSet<>();
        columns.forEach(column -> column.ifPresent(row -> rules.addAll(counts.apply(row).keySet())));
        rules.forEach(rule -> row(rule + ", " + unit,
                row -> Cells.rate(per.rate(row, counts.apply(row).getOrDefault(rule, 0)))));
    }
}
