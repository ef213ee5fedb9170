package org.bitcoinwatchdog.deploy.bench.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.bitcoinwatchdog.deploy.bench.figures.Figures.Figure;
import org.bitcoinwatchdog.deploy.bench.figures.Figures;

/** What the agent takes at the rate of one listening node on mainnet. */
final class IdleBench {
    private static final int MESSAGES_A_SECOND = 50;
    /** Until then the JVM is busy with itself. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private final Path player;
    private final Figures figures;

    IdleBench(Path player, Figures figures) {
        this.player = player;
        this.figures = figures;
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
            String name = "agent at " + MESSAGES_A_SECOND + " messages a second: ";
            figures.add(Figure.of(name + "CPU", 100 * cpu, "% of a core").aimAtMost(2));
            figures.add(Figure.of(name + "resident memory", after.residentBytes() / 1e6, "MB").aimAtMost(100));
            figures.note("of that %.0f MB shared: the ring buffer and program files; %d threads, %d files", after.sharedBytes() / 1e6,
                    after.threads(), after.descriptors());
        }
    }
}
