package org.bitcoinwatchdog.deploy.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.TemplateSettings;
import org.bitcoinwatchdog.alerts.text.Templates;
import org.bitcoinwatchdog.alerts.text.Wording;
import org.bitcoinwatchdog.deploy.check.Environment;
import org.bitcoinwatchdog.deploy.config.AlertChecks;
import org.bitcoinwatchdog.deploy.config.ConfigurationException;
import org.bitcoinwatchdog.deploy.config.ConfigurationFile.ExaminedFile;
import org.bitcoinwatchdog.deploy.config.ConfigurationFile.SettingsFinding;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.events.AlertStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "check-config", mixinStandardHelpOptions = true,
        description = "Reports everything that is wrong in a configuration file at once. Exits with 1 if the watchdog would "
                + "refuse it or never notify as it says, and with 2 if the file can't be read.")
final class CheckConfigCommand implements Callable<Integer> {
    private static final int LONGEST = 2_000;

    @Parameters(paramLabel = "FILE")
    private Path file;

    @Option(names = "--strict", description = "Exits with 1 for warnings too.")
    private boolean strict;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ExaminedFile<WatchdogConfiguration> examination;
        try {
            examination = WatchdogConfiguration.examine(
                    file, Environment::findings, AlertChecks::unroutedPages, CheckConfigCommand::templates);
        } catch (ConfigurationException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.readable() ? WatchdogCommand.FAILED : WatchdogCommand.WRONG_USAGE;
        }
        report(examination);
        WatchdogConfiguration configuration = examination.settings();
        if (!examination.errors().isEmpty() || strict && !examination.warnings().isEmpty()) {
            return WatchdogCommand.FAILED;
        }
        if (!configuration.alerts().templates().equals(TemplateSettings.defaults())) {
            show(configuration.alerts().templates());
        }
        spec.commandLine().getOut().println(file + ": ok");
        return WatchdogCommand.DONE;
    }

    private void report(ExaminedFile<WatchdogConfiguration> examination) {
        PrintWriter err = spec.commandLine().getErr();
        examination.errors().forEach(problem -> err.println(file + ": " + problem));
        examination.warnings().forEach(problem -> err.println(file + ": warning: " + problem));
        AlertSettings alerts = examination.settings().alerts();
        if (alerts.sinks().isEmpty()) {
            return;
        }
        if (alerts.externalUrl().isEmpty() && examination.settings().detectors().runbookBase().isEmpty()) {
            err.println(file + ": note: without alerts.external-url, links in alerts lead to http.listen, which others may not reach");
        }
    }

    /** Sinks refuse empty texts, so the default template takes their place. */
    private static List<SettingsFinding> templates(WatchdogConfiguration configuration, Predicate<String> sound) {
        List<SettingsFinding> findings = new ArrayList<>();
        for (AlertStatus status : AlertStatus.values()) {
            Wording wording = new Wording(configuration.alerts().templates(), template -> findings.add(SettingsFinding.warning(
                    configuration.alerts().templates(), "gives no text for a " + status.name().toLowerCase(Locale.ROOT)
                            + " alert; the default template is used for it", template)));
            wording.title(Templates.sample(status), LONGEST);
            wording.text(Templates.sample(status), LONGEST);
        }
        return findings;
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
}
