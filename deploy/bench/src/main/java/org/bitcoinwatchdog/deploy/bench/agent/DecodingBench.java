package org.bitcoinwatchdog.deploy.bench.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bitcoinwatchdog.deploy.bench.figures.Figures.Figure;
import org.bitcoinwatchdog.deploy.bench.figures.Figures;

/**
 * CPU time of the thread that empties the ring buffer, for each record up to the decoded event, beside a loop in C that
 * only counts them. All read at the same interval what a stand-in fires at the same rate, in turns: the C loop, a JVM as an
 * agent has it, and one that may compile as well as it can.
 */
final class DecodingBench {
    private static final String RATE = "50000";
    private static final String SECONDS = "4";
    private static final int ROUNDS = 3;
    private static final double MOST_TIMES = 2;
    private static final String COUNTER = "count-records";

    private final Path player;
    private final Figures figures;

    DecodingBench(Path player, Figures figures) {
        this.player = player;
        this.figures = figures;
    }

    void run() throws IOException, InterruptedException {
        double[] counted = new double[ROUNDS];
        double[] decoded = new double[ROUNDS];
        double[] compiledBest = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            counted[round] = lastNumber(new ProcessBuilder(player.resolveSibling(COUNTER).toString(), RATE, SECONDS));
            decoded[round] = decoded(WatchdogProcess.jvmOptions("agent"));
            compiledBest[round] = decoded(List.of("-XX:+UseSerialGC"));
        }
        double least = median(counted);
        figures.add(Figure.of("counting a record in C, 50,000 a second", least, "ns of CPU"));
        figures.add(Figure.of("decoding a record as the agent does", median(decoded), "ns of CPU"));
        figures.add(Figure.of("the same, compared with C", median(decoded) / least, "times").aimAtMost(MOST_TIMES));
        figures.add(Figure.of("decoding a record with all of the JVM's compilers", median(compiledBest), "ns of CPU"));
    }

    private double decoded(List<String> jvmOptions) throws IOException, InterruptedException {
        return lastNumber(WatchdogProcess.java(jvmOptions, DecodingLoop.class.getName(), player.toString(), RATE, SECONDS));
    }

    private static double lastNumber(ProcessBuilder program) throws IOException, InterruptedException {
        Process process = program.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(program.command().get(0) + " ended with " + process.exitValue());
        }
        return Double.parseDouble(answer.substring(answer.lastIndexOf(' ') + 1));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
