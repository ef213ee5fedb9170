package org.bitcoinwatchdog.deploy.bench.figures;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.Set;
import java.util.ArrayList;
import org.bitcoinwatchdog.deploy.bench.figures.Figures.BenchRun;
import org.bitcoinwatchdog.deploy.bench.figures.Figures.Figure;

/** Two runs side by side. */
public record RunComparison(BenchRun before, BenchRun after) {
    /** A line for each figure of either run: both values and the change. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%-66s %12s %12s %9s", "", "A", "B", "change"));
        lines.add(String.format(Locale.ROOT, "%-66s %12.2f %12.2f", "load average before the run", before.loadBefore(), after.loadBefore()));
        Map<String, Figure> first = byName(before);
        Map<String, Figure> second = byName(after);
        Set<String> names = new TreeSet<>(second.keySet());
        names.addAll(first.keySet());
        names.forEach(name -> lines.add(line(name, first.get(name), second.get(name))));
        return lines;
    }

    private static Map<String, Figure> byName(BenchRun run) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        run.figures().forEach(figure -> figures.put(figure.name(), figure));
        return figures;
    }

    private static String line(String name, Figure first, Figure second) {
        String unit = (second == null ? first : second).unit();
        return String.format(Locale.ROOT, "%-66s %12s %12s %9s  %s", name, text(first), text(second), change(first, second), unit).stripTrailing();
    }

    private static String text(Figure figure) {
        return figure == null ? "-" : Figure.text(figure.value());
    }

    private static String change(Figure first, Figure second) {
        if (first == null || second == null || first.value() == 0) {
            return "";
        }
        return String.format(Locale.ROOT, "%+.0f %%", 100 * (second.value() - first.value()) / first.value());
    }
}
