package org.bitcoinwatchdog.deploy.command;

import java.util.concurrent.Callable;
import org.bitcoinwatchdog.deploy.bench.AlertsBench;
import org.bitcoinwatchdog.deploy.config.DurationText;
import org.bitcoinwatchdog.deploy.text.Measuring;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "alerts", mixinStandardHelpOptions = true,
        description = "Measures an alert worker: its memory, and the time from the topic to a socket. Starts its own broker.")
final class BenchAlertsCommand implements Callable<Integer> {
    @Option(names = "--rate", defaultValue = "1000", description = "Alert changes a second. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--for", paramLabel = "DURATION", defaultValue = "30s",
            description = "How long to measure each latency. Default: ${DEFAULT-VALUE}.")
    private String duration;

    @Option(names = "--active", defaultValue = "100000", description = "Number of alerts that fire at the same time. Default: ${DEFAULT-VALUE}.")
    private int active;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        long seconds = DurationText.parse(duration).toSeconds();
        try (Measuring measuring = new Measuring("measuring alerts", spec.commandLine().getOut(), spec.commandLine().getErr())) {
            boolean complete = new AlertsBench(rate, seconds, active, measuring.results()).run();
            return complete ? WatchdogCommand.DONE : WatchdogCommand.FAILED;
        }
    }
}
