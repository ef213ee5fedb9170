package org.bitcoinwatchdog.deploy.bench.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.bitcoinwatchdog.agent.AgentSettings;
import org.bitcoinwatchdog.agent.decode.Decoded;
import org.bitcoinwatchdog.agent.decode.RecordDecoder;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.deploy.run.TemporaryDirectory;

/**
 * CPU time of the thread that empties the ring buffer, for each record up to the decoded event, beside a loop in C that
 * only counts them. Both read at the same interval what a stand-in fires at the same rate, in turns.
 */
final class DecodingBench {
    private static final int RATE = 50_000;
    private static final int SECONDS = 4;
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
        decode(); // the JVM compiles
        for (int round = 0; round < ROUNDS; round++) {
            counted[round] = count();
            decoded[round] = decode();
        }
        out.printf(Locale.ROOT, "reading %,d records a second    counted in C %.0f ns, decoded to events %.0f ns of CPU a record: %.1f times%n",
                RATE, median(counted), median(decoded), median(decoded) / median(counted));
        out.flush();
    }

    private double count() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(player.resolveSibling(COUNTER).toString(),
                Integer.toString(RATE), Integer.toString(SECONDS)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(COUNTER + " ended with " + process.exitValue());
        }
        return Double.parseDouble(answer.strip().split(" ")[1]);
    }

    private double decode() throws IOException, InterruptedException {
        AgentSettings settings = AgentSettings.defaults();
        RecordDecoder decoder = new RecordDecoder("main");
        long[] events = new long[1];
        try (TemporaryDirectory directory = TemporaryDirectory.create("watchdog-bench")) {
            Path executable = StandInProcess.install(player, directory.path());
            try (StandInProcess node = StandInProcess.start(executable, List.of("--generate", "mainnet", "--rate",
                    Integer.toString(RATE), "--seconds", Integer.toString(SECONDS)));
                    Tracing tracing = Tracing.attach(Math.toIntExact(node.pid()), executable, settings.tracepoints().chosen(),
                            settings.ringBufferBytes())) {
                var threads = ManagementFactory.getThreadMXBean();
                long began = threads.getCurrentThreadCpuTime();
                boolean ended;
                do {
                    LockSupport.parkNanos(settings.drainInterval().toNanos());
                    ended = !node.isAlive();
                    tracing.drain((records, offset, length) -> {
                        if (decoder.decode(records, offset, length, 0) instanceof Decoded) {
                            events[0]++;
                        }
                    });
                } while (!ended);
                long used = threads.getCurrentThreadCpuTime() - began;
                if (events[0] != node.await(1)) {
                    throw new IllegalStateException("of what was fired only " + events[0] + " calls became events");
                }
                return (double) used / events[0];
            }
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
