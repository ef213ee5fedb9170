package org.bitcoinwatchdog.deploy.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bitcoinwatchdog.alerts.SinkProbe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "send-test-alert", mixinStandardHelpOptions = true,
        description = "Sends a test alert and its end to every sink, and prints each sink's answer. Exits with 1 if one fails.")
final class SendTestAlertCommand implements Callable<Integer> {
    @Option(names = "--sink", paramLabel = "NAME", description = "Tests only this sink.")
    private Optional<String> sink;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<SinkProbe.ProbeResult> answers;
        try {
            answers = new SinkProbe(config.read().alerts()).sendTestAlert(sink);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        answers.forEach(answer -> out.println(answer.sink() + ": " + answer.detail()));
        if (answers.isEmpty()) {
            throw new CommandFailure("there are no sinks: see alerts.sinks in the configuration");
        }
        out.flush();
        return answers.stream().allMatch(SinkProbe.ProbeResult::good) ? WatchdogCommand.DONE : WatchdogCommand.FAILED;
    }
}
