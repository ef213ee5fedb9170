package org.bitcoinwatchdog.deploy.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bitcoinwatchdog.alerts.SinkProbe;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "check-config", mixinStandardHelpOptions = true,
        description = "Says what is wrong in a configuration file, all of it at once, and which sinks can't be reached.")
final class CheckConfigCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        SinkProbe sinks = new SinkProbe(WatchdogConfiguration.read(file).alerts());
        List<String> unusable = problems(sinks.checkSecrets());
        if (!unusable.isEmpty()) {
            unusable.forEach(problem -> err.println(file + ": " + problem));
            return WatchdogCommand.WRONG_USAGE;
        }
        // That a sink can't be reached from here and now does not make the file wrong.
        problems(sinks.reach()).forEach(problem -> err.println(file + ": warning: " + problem));
        spec.commandLine().getOut().println(file + ": ok");
        return WatchdogCommand.DONE;
    }

    private static List<String> problems(List<SinkProbe.Answer> answers) {
        return answers.stream()
                .filter(answer -> !answer.good())
                .map(answer -> "sink " + answer.sink() + ": " + answer.detail())
                .toList();
    }
}
