package org.bitcoinwatchdog.deploy.bench.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Samples of the resources of a process. */
final class FiguresOverTime {
    private static final long SLACK_BYTES = 16 << 20;
    private static final long SLACK_DESCRIPTORS = 4;
    private static final int SHOWN = 16;

    private record Sample(Instant time, ProcessFigures figures) {
    }

    private final List<Sample> samples = new ArrayList<>();

    void add(ProcessFigures figures) {
        samples.add(new Sample(Instant.now(), figures));
    }

    /** A leak raises the minimum. Resources that come and go with each restart do not. */
    void assertFlat() {
        int half = samples.size() / 2;
        assertThat(least(half, samples.size(), ProcessFigures::descriptors))
                .as("open files:\n%s", this)
                .isLessThanOrEqualTo(least(1, half + 1, ProcessFigures::descriptors) + SLACK_DESCRIPTORS);
        if (length().compareTo(Duration.ofMinutes(10)) > 0) { // until then the JVM is still compiling and sizing its heap
            assertThat(least(half, samples.size(), ProcessFigures::residentBytes))
                    .as("memory:\n%s", this)
                    .isLessThanOrEqualTo(least(samples.size() / 8, half, ProcessFigures::residentBytes) + SLACK_BYTES);
        }
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("  time  resident MiB  of that shared  threads  files  cpu s\n");
        int step = Math.max(1, samples.size() / SHOWN);
        for (int i = 0; i < samples.size(); i += step) {
            ProcessFigures figures = samples.get(i).figures();
            table.append(String.format(Locale.ROOT, "%5d s  %11d  %14d  %7d  %5d  %5.1f%n",
                    Duration.between(samples.get(0).time(), samples.get(i).time()).toSeconds(), figures.residentBytes() >> 20,
                    figures.sharedBytes() >> 20, figures.threads(), figures.descriptors(), figures.cpu().toMillis() / 1e3));
        }
        return table.toString();
    }

    private Duration length() {
        return Duration.between(samples.get(0).time(), samples.get(samples.size() - 1).time());
    }

    private long least(int from, int to, ToLongFunction<ProcessFigures> figure) {
        return samples.subList(from, to).stream().mapToLong(sample -> figure.applyAsLong(sample.figures())).min().orElseThrow();
    }
}
