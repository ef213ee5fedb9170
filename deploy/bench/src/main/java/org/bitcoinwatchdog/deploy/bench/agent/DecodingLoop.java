package org.bitcoinwatchdog.deploy.bench.agent;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.bitcoinwatchdog.agent.AgentSettings;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.agent.record.RecordDecoder;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Decoded;
import org.bitcoinwatchdog.deploy.resource.TemporaryDirectory;

/** A process that reads the records of a stand-in. It prints the CPU time, in nanoseconds, from a record to its decoded event. */
final class DecodingLoop {
    private DecodingLoop() {
    }

    /** @param arguments tracepoint-player, calls a second, seconds */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path player = Path.of(arguments[0]);
        decode(player, arguments[1], arguments[2]); // the JVM compiles
        System.out.printf(Locale.ROOT, "%.1f%n", decode(player, arguments[1], arguments[2]));
    }

    private static double decode(Path player, String rate, String seconds) throws IOException, InterruptedException {
        AgentSettings settings = AgentSettings.defaults();
        RecordDecoder decoder = new RecordDecoder("main");
        long[] events = new long[1];
        try (TemporaryDirectory directory = TemporaryDirectory.create("watchdog-bench")) {
            Path executable = StandInProcess.install(player, directory.path());
            try (StandInProcess node = StandInProcess.start(executable,
                            List.of("--generate", "mainnet", "--rate", rate, "--seconds", seconds));
                    Tracing tracing = Tracing.attach(Math.toIntExact(node.pid()), executable, settings.tracepoints().chosen(),
                            settings.ringBufferBytes())) {
                ThreadMXBean threads = ManagementFactory.getThreadMXBean();
                long began = threads.getCurrentThreadCpuTime();
                boolean ended;
                do {
                    LockSupport.parkNanos(settings.drainInterval().toNanos());
                    ended = !node.isAlive();
                    tracing.records().drain((records, offset, length) -> {
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
}
