package org.bitcoinwatchdog.deploy.bench.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;

/** What tracing costs, from the probe to Kafka's acknowledgement, on this machine and through its kernel. */
public final class AgentBench {
    private final Path player;
    private final PrintWriter out;

    /** @param player tracepoint-player */
    public AgentBench(Path player, PrintWriter out) {
        this.player = player;
        this.out = out;
    }

    /** At the rate of an ordinary node. */
    public void idle(Duration length) throws IOException, InterruptedException {
        new IdleBench(player, out).run(length);
    }
}
