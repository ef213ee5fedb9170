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
        description = "What an alert worker holds, and how long alerts take from the topic to a socket; with a broker of its own.")
final class BenchAlertsCommand implements Callable<Integer> {
    @Option(names = "--rate", defaultValue = "1000", description = "Changes of alerts a second. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--for", paramLabel = "DURATION", defaultValue = "30s",
            description = "How long each latency is measured. Default: ${DEFAULT-VALUE}.")
    private String duration;

    @Option(names = "--active", defaultValue = "100000", description = "Alerts that fire at once. Default: ${DEFAULT-VALUE}.")
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
