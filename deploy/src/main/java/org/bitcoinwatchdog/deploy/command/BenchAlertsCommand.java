package org.bitcoinwatchdog.deploy.command;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.bitcoinwatchdog.deploy.bench.AlertsBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "alerts", mixinStandardHelpOptions = true,
        description = "Measures an alert worker: its memory, and the time from the topic to a socket. Starts its own broker.")
final class BenchAlertsCommand implements Callable<Integer> {
    @Option(names = "--rate", defaultValue = "1000", description = "Alert changes a second. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--for", paramLabel = "DURATION", defaultValue = "30s",
            description = "How long to measure each latency. Default: ${DEFAULT-VALUE}.")
    private Duration duration;

    @Option(names = "--active", defaultValue = "100000", description = "Number of alerts that fire at the same time. Default: ${DEFAULT-VALUE}.")
    private int active;

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws Exception {
        OptionValues.atLeast(options.spec(), "--rate", rate, 1, "1000");
        OptionValues.atLeast(options.spec(), "--active", active, 1, "100000");
        if (duration.toSeconds() < 1) {
            throw OptionValues.wrong(options.spec(), "--for", duration.toMillis() + "ms", "at least 1s, such as 30s");
        }
        long seconds = duration.toSeconds();
        return options.measure("measuring alerts", figures -> new AlertsBench(rate, seconds, active, figures).run());
    }
}
