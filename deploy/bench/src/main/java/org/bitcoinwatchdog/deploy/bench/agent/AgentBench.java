package org.bitcoinwatchdog.deploy.bench.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.bitcoinwatchdog.deploy.bench.figures.Figures;

/** What tracing costs, from the probe to Kafka's acknowledgement, on this machine and through its kernel. */
public final class AgentBench {
    private static final int BURST = 200_000;
    static final int STEADY = 50_000;

    private final Path player;
    private final Figures figures;

    /** @param player tracepoint-player */
    public AgentBench(Path player, Figures figures) {
        this.player = player;
        this.figures = figures;
    }

    /**
     * A burst to an agent that has just begun and has compiled nothing, a steady load, and the burst again.
     *
     * @return whether nothing was lost
     */
    public boolean load(Duration steady) throws IOException, InterruptedException {
        try (LoadBench bench = new LoadBench(player, figures)) {
            boolean complete = bench.run("burst to a fresh agent", BURST, 1);
            complete &= bench.run("steady", STEADY, steady.toSeconds());
            return bench.run("burst", BURST, 1) && complete;
        }
    }

    /** What reading and decoding a record costs. */
    public void decoding() throws IOException, InterruptedException {
        new DecodingBench(player, figures).run();
    }

    /** What a call costs the traced process, compared with a kernel program that does nothing. */
    public void probes() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(player.resolveSibling("bench-programs").toString(), player.getParent().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(line -> figures.note("%s", line));
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("bench-programs ended with " + process.exitValue());
        }
    }

    /** At the rate of an ordinary node. */
    public void idle(Duration length) throws IOException, InterruptedException {
        new IdleBench(player, figures).run(length);
    }
}
