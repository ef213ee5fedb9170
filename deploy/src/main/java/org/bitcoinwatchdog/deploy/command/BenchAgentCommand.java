package org.bitcoinwatchdog.deploy.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.deploy.bench.agent.AgentBench;
import org.bitcoinwatchdog.deploy.demo.StandInNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "agent", mixinStandardHelpOptions = true,
        description = "Measures the cost of tracing, from the probe to Kafka's acknowledgement. Needs the right to trace.")
final class BenchAgentCommand implements Callable<Integer> {
    @Option(names = "--steady", paramLabel = "DURATION", defaultValue = "60s",
            description = "How long to send 50,000 messages a second. Default: ${DEFAULT-VALUE}.")
    private Duration steady;

    @Option(names = "--idle", paramLabel = "DURATION", defaultValue = "60s",
            description = "How long to measure the agent at an ordinary node's rate. Default: ${DEFAULT-VALUE}.")
    private Duration idle;

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws Exception {
        Path player = StandInNode.program().orElseThrow(() -> new CommandFailure("tracepoint-player was not built"));
        Tracing.check();
        return options.measure("measuring the agent", figures -> {
            AgentBench bench = new AgentBench(player.toAbsolutePath(), figures);
            figures.note("what a traced call costs the node, CPU time:");
            bench.probes();
            bench.decoding();
            boolean complete = bench.load(steady);
            bench.idle(idle);
            return complete;
        });
    }
}
