package org.bitcoinwatchdog.deploy.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.deploy.bench.UpBench;
import org.bitcoinwatchdog.deploy.demo.StandInNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "up", mixinStandardHelpOptions = true,
        description = "Measures 'watchdog up' with its broker, without a node and beside nodes: CPU, memory, and the delay of an alert. "
                + "Needs the right to trace.")
final class BenchUpCommand implements Callable<Integer> {
    @Option(names = "--nodes", defaultValue = "1", description = "Number of nodes, 50 messages a second each. Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(names = "--settle", paramLabel = "DURATION", defaultValue = "60s",
            description = "How long to wait before each measurement. Default: ${DEFAULT-VALUE}.")
    private Duration settle;

    @Option(names = "--for", paramLabel = "DURATION", defaultValue = "60s", description = "How long to measure. Default: ${DEFAULT-VALUE}.")
    private Duration length;

    @Option(names = "--delays", defaultValue = "40",
            description = "Number of alerts whose delay is measured, 2.4 s each. 0: none. Default: ${DEFAULT-VALUE}.")
    private int delays;

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws IOException, InterruptedException {
        OptionValues.atLeast(options.spec(), "--nodes", nodes, 0, "1");
        OptionValues.atLeast(options.spec(), "--delays", delays, 0, "40");
        Path player = StandInNode.program().orElseThrow(() -> new CommandFailure("tracepoint-player was not built"));
        Tracing.check();
        return options.measure("measuring up", figures -> {
            new UpBench(player.toAbsolutePath(), nodes, settle, length, delays, figures).run();
            return true;
        });
    }
}
