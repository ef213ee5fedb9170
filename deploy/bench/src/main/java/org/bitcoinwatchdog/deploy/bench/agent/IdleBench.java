package org.bitcoinwatchdog.deploy.bench.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** What the agent takes at the rate of one listening node on mainnet. */
final class IdleBench {
    private static final int MESSAGES_A_SECOND = 50;
    /** Until then the JVM is busy with itself. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private final Path player;
    private final PrintWriter out;

    IdleBench(Path player, PrintWriter out) {
        this.player = player;
        this.out = out;
    }

    void run(Duration length) throws IOException, InterruptedException {
        try (BenchSite site = new BenchSite(player);
                StandInProcess node = site.fire(MESSAGES_A_SECOND, SETTLING.plus(length).toSeconds() + 30)) {
            Thread.sleep(SETTLING.toMillis());
            ProcessFigures before = site.agentsFigures();
            long began = System.nanoTime();
            Thread.sleep(length.toMillis());
            ProcessFigures after = site.agentsFigures();
            double cpu = (double) after.cpu().minus(before.cpu()).toNanos() / (System.nanoTime() - began);
            out.printf(Locale.ROOT, "agent at %d messages a second, %d s    %.2f %% of a core, %.0f MB resident (of that %.0f MB shared: "
                            + "the ring buffer and program files), %d threads, %d files%n",
                    MESSAGES_A_SECOND, length.toSeconds(), 100 * cpu, after.residentBytes() / 1e6, after.sharedBytes() / 1e6,
                    after.threads(), after.descriptors());
            out.flush();
        }
    }
}
