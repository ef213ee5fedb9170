package org.bitcoinwatchdog.deploy.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bitcoinwatchdog.alerts.SinkProbe;
import org.bitcoinwatchdog.events.Severity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "send-test-alert", mixinStandardHelpOptions = true,
        description = "Sends a test alert and its end to every sink, or along the routes, and prints each sink's answer. Exits with 1 if one fails.")
final class SendTestAlertCommand implements Callable<Integer> {
    @Option(names = "--sink", paramLabel = "NAME", description = "Tests only this sink.")
    private Optional<String> sink;

    @Option(names = "--severity", paramLabel = "SEVERITY", defaultValue = "info",
            description = "Severity of the test alert: info, warn or page. Default: ${DEFAULT-VALUE}.")
    private Severity severity;

    @Option(names = "--via-routes",
            description = "Sends it only to the sinks to which the routes lead an alert of that severity, and prints each one's route.")
    private boolean viaRoutes;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<SinkProbe.ProbeResult> answers;
        if (viaRoutes && sink.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--via-routes and --sink exclude each other: "
                    + "the routes choose the sinks. Use for example --severity page --via-routes");
        }
        try {
            SinkProbe probe = new SinkProbe(config.read().alerts());
            answers = viaRoutes ? probe.sendByRoutes(severity) : probe.sendTestAlert(sink, severity);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--sink: " + e.getMessage(), e);
        }
        answers.forEach(answer -> out.println(answer.sink() + ": " + answer.detail()));
        if (answers.isEmpty()) {
            throw new CommandFailure(viaRoutes ? "no route leads an alert of severity " + severity.label() + " to a sink: see alerts.routes in the configuration"
                    : "there are no sinks: see alerts.sinks in the configuration");
        }
        out.flush();
        return answers.stream().allMatch(SinkProbe.ProbeResult::good) ? WatchdogCommand.DONE : WatchdogCommand.FAILED;
    }
}
