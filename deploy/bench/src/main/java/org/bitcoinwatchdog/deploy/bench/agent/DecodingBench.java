package org.bitcoinwatchdog.deploy.bench.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * CPU time of the thread that empties the ring buffer, for each record up to the decoded event, beside a loop in C that
 * only counts them. All read at the same interval what a stand-in fires at the same rate, in turns: the C loop, a JVM as an
 * agent has it, and one that may compile as well as it can.
 */
final class DecodingBench {
    private static final String RATE = "50000";
    private static final String SECONDS = "4";
    private static final int ROUNDS = 3;
    private static final String COUNTER = "count-records";

    private final Path player;
    private final PrintWriter out;

    DecodingBench(Path player, PrintWriter out) {
        this.player = player;
        this.out = out;
    }

    void run() throws IOException, InterruptedException {
        double[] counted = new double[ROUNDS];
        double[] decoded = new double[ROUNDS];
        double[] compiledBest = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            counted[round] = lastNumber(new ProcessBuilder(player.resolveSibling(COUNTER).toString(), RATE, SECONDS));
            decoded[round] = decoded(AgentProcess.jvmOptions());
            compiledBest[round] = decoded(List.of("-XX:+UseSerialGC"));
        }
        double least = median(counted);
        out.printf(Locale.ROOT, "reading %s records a second    counted in C %.0f ns of CPU a record; decoded to events as the agent does "
                        + "%.0f ns: %.1f times; with all of the JVM's compilers %.0f ns: %.1f times%n",
                RATE, least, median(decoded), median(decoded) / least, median(compiledBest), median(compiledBest) / least);
        out.flush();
    }

    private double decoded(List<String> jvmOptions) throws IOException, InterruptedException {
        return lastNumber(AgentProcess.java(jvmOptions, DecodingLoop.class.getName(), player.toString(), RATE, SECONDS));
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
