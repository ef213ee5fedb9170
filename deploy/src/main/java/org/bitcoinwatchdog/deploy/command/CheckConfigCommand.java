package org.bitcoinwatchdog.deploy.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.SinkProbe;
import org.bitcoinwatchdog.alerts.TemplateSettings;
import org.bitcoinwatchdog.alerts.text.Templates;
import org.bitcoinwatchdog.alerts.text.Wording;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.events.AlertStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "check-config", mixinStandardHelpOptions = true,
        description = "Says what is wrong in a configuration file, all of it at once, and which sinks can't be reached.")
final class CheckConfigCommand implements Callable<Integer> {
    private static final int LONGEST = 2_000;

    @Parameters(paramLabel = "FILE")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        WatchdogConfiguration configuration = WatchdogConfiguration.read(file);
        AlertSettings alerts = configuration.alerts();
        SinkProbe sinks = new SinkProbe(alerts);
        List<String> unusable = problems(sinks.checkSecrets());
        if (!unusable.isEmpty()) {
            unusable.forEach(problem -> err.println(file + ": " + problem));
            return WatchdogCommand.WRONG_USAGE;
        }
        // That a sink can't be reached from here and now does not make the file wrong.
        problems(sinks.reach()).forEach(problem -> err.println(file + ": warning: " + problem));
        if (!alerts.sinks().isEmpty() && alerts.externalUrl().isEmpty() && configuration.detectors().runbookBase().isEmpty()) {
            err.println(file + ": note: without alerts.external-url, links in alerts lead to http.listen, which others may not reach");
        }
        if (!alerts.templates().equals(TemplateSettings.defaults())) {
            show(alerts.templates());
        }
        spec.commandLine().getOut().println(file + ": ok");
        return WatchdogCommand.DONE;
    }

    /** A user's templates are shown filled in, for the beginning and the end of an alert. */
    private void show(TemplateSettings templates) {
        PrintWriter out = spec.commandLine().getOut();
        Wording wording = new Wording(templates);
        for (AlertStatus status : AlertStatus.values()) {
            out.println(wording.title(Templates.sample(status), LONGEST));
            out.println(wording.text(Templates.sample(status), LONGEST).indent(4).stripTrailing());
        }
    }

    private static List<String> problems(List<SinkProbe.Answer> answers) {
        return answers.stream()
                .filter(answer -> !answer.good())
                .map(answer -> "sink " + answer.sink() + ": " + answer.detail())
                .toList();
    }
}
