package org.bitcoinwatchdog.deploy.bench.figures;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures of a benchmark: prints each in a row with its aim, and keeps them for a file. */
public final class Figures {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Figure> figures = new ArrayList<>();
    private final PrintWriter out;

    public Figures(PrintWriter out) {
        this.out = out;
    }

    /**
     * One measured value.
     *
     * @param name    names the same figure in every run
     * @param atMost  the aim if the value must not exceed it, otherwise null
     * @param atLeast the aim if the value must reach it, otherwise null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Figure(String name, double value, String unit, Double atMost, Double atLeast) {
        public static Figure of(String name, double value, String unit) {
            return new Figure(name, value, unit, null, null);
        }

        public Figure aimAtMost(double aim) {
            return new Figure(name, value, unit, aim, null);
        }

        public Figure aimAtLeast(double aim) {
            return new Figure(name, value, unit, null, aim);
        }

        boolean meetsAim() {
            return (atMost == null || value <= atMost) && (atLeast == null || value >= atLeast);
        }

        private String aim() {
            if (atMost == null && atLeast == null) {
                return "";
            }
            return (atMost == null ? "at least " + text(atLeast) : "at most " + text(atMost)) + (meetsAim() ? "" : ": MISSED");
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%-66s %12s %-16s %s", name, text(value), unit, aim()).stripTrailing();
        }

        static String text(double value) {
            double size = Math.abs(value);
            return String.format(Locale.ROOT, size >= 1000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
        }
    }

    /**
     * A run as a file holds it.
     *
     * @param measuredAt when it began, ISO 8601
     * @param loadBefore load average of the last minute when it began
     * @param loadAfter  the same when it ended; includes the benchmark itself
     */
    public record BenchRun(String version, String measuredAt, int cores, double loadBefore, double loadAfter, List<Figure> figures) {
        /** @throws IOException if it can't be written */
        public void write(Path file) throws IOException {
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
        }

        /** @throws IOException if the file can't be read, or is not a run */
        public static BenchRun read(Path file) throws IOException {
            return JSON.readValue(Files.readString(file), BenchRun.class);
        }
    }

    public void add(Figure figure) {
        figures.add(figure);
        out.println(figure);
        out.flush();
    }

    /** Prints a line that is no figure. */
    public void note(String format, Object... arguments) {
        out.printf(Locale.ROOT, format + "%n", arguments);
        out.flush();
    }

    public BenchRun run(String version, Instant began, MachineLoad before, MachineLoad after) {
        return new BenchRun(version, began.toString(), before.cores(), before.perMinute(), after.perMinute(), List.copyOf(figures));
    }

    /** Names of the figures that miss their aims. */
    public List<String> missed() {
        return figures.stream().filter(figure -> !figure.meetsAim()).map(Figure::name).collect(Collectors.toList());
    }
}
