package org.bitcoinwatchdog.deploy.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** deploy/metrics.md: the metrics that the watchdog promises, in its tables. */
record MetricsPage(Map<String, Metric> metrics) {
    private static final Path FILE = Path.of("metrics.md");
    /** The section of metrics that appear only after an event. */
    private static final String NOT_ALWAYS = "not always";
    private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9_]+)` \\| (counter|gauge|histogram|summary) \\| (.*) \\| (.+) \\|");

    /** @param always whether every process that has the part exposes it from the start */
    record Metric(String name, String type, Set<String> labels, boolean always) {
        @Override
        public String toString() {
            return name + " " + type + " " + labels;
        }
    }

    static MetricsPage read() {
        try {
            Map<String, Metric> metrics = new TreeMap<>();
            boolean always = true;
            for (String line : Files.readAllLines(FILE)) {
                Matcher row = ROW.matcher(line);
                if (line.startsWith("## ")) {
                    always = !line.toLowerCase(Locale.ROOT).contains(NOT_ALWAYS);
                } else if (row.matches()) {
                    metrics.put(row.group(1), new Metric(row.group(1), row.group(2), labels(row.group(3)), always));
                } else if (line.startsWith("| `")) {
                    throw new AssertionError("not a row: " + line);
                }
            }
            return new MetricsPage(metrics);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The metric of a series: {@code x_seconds} for {@code x_seconds_bucket}. */
    Optional<Metric> of(String series) {
        if (metrics.containsKey(series)) {
            return Optional.of(metrics.get(series));
        }
        Metric family = metrics.get(series.replaceAll("_(bucket|count|sum|max)$", ""));
        if (family == null || !(family.type.equals("histogram") || family.type.equals("summary"))) {
            return Optional.empty();
        }
        return series.endsWith("_bucket") && family.type.equals("summary") ? Optional.empty() : Optional.of(family);
    }

    private static Set<String> labels(String cell) {
        return Arrays.stream(cell.split(",")).map(label -> label.replace("`", "").strip())
                .filter(label -> !label.isEmpty()).collect(Collectors.toCollection(TreeSet::new));
    }
}
