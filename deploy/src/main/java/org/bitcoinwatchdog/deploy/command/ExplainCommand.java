package org.bitcoinwatchdog.deploy.command;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.bitcoinwatchdog.alerts.AlertOverview;
import org.bitcoinwatchdog.deploy.config.ValueText;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.run.KafkaConnection;
import org.bitcoinwatchdog.deploy.text.AlertText;
import org.bitcoinwatchdog.deploy.text.Runbook;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.Register;
import org.bitcoinwatchdog.detectors.RegisteredRule;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.SafeText;
import org.bitcoinwatchdog.events.Spelling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "explain", mixinStandardHelpOptions = true,
        description = "Explains an alert: what it means, the evidence of those that fire, what to do, and the numbers of its rule here.")
final class ExplainCommand implements Callable<Integer> {
    private static final String FINGERPRINT = "[0-9a-f]{4,64}";

    @Parameters(paramLabel = "ALERTNAME|FINGERPRINT",
            description = "The name of an alert, such as FleetLag, or the fingerprint of one, or its beginning: at least 4 digits.")
    private String which;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        WatchdogConfiguration configuration = config.read();
        Runbook runbook = Runbook.shipped();
        List<Alert> alerts = List.of();
        String name = which;
        if (runbook.sections().containsKey(which)) {
            alerts = KafkaConnection.running(configuration).isPresent()
                    ? read(configuration).stream().filter(alert -> alert.firing() && alertname(alert).equalsIgnoreCase(which)).toList() : alerts;
        } else if (which.toLowerCase(Locale.ROOT).matches(FINGERPRINT)) {
            Alert alert = withFingerprint(configuration);
            alerts = List.of(alert);
            name = alertname(alert);
        } else {
            throw new ParameterException(spec.commandLine(), "no alert has the name or fingerprint '" + SafeText.of(which) + "'"
                    + Spelling.nearest(which, runbook.sections().keySet()).map(nearest -> ", did you mean " + nearest + "?")
                            .orElse(". Use for example FleetLag; watchdog alerts shows what fires"));
        }
        print(name, runbook, alerts, configuration.detectors());
        return WatchdogCommand.DONE;
    }

    private Alert withFingerprint(WatchdogConfiguration configuration) {
        List<Alert> found = read(configuration).stream().filter(alert -> alert.fingerprint().startsWith(which.toLowerCase(Locale.ROOT))).toList();
        if (found.size() != 1) {
            throw new ParameterException(spec.commandLine(), (found.isEmpty() ? "no alert has" : found.size() + " alerts have")
                    + " a fingerprint that begins with '" + which + "'. watchdog alerts --all --json shows all fingerprints");
        }
        return found.get(0);
    }

    private List<Alert> read(WatchdogConfiguration configuration) {
        try (KafkaConnection kafka = config.connect(configuration)) {
            return AlertOverview.read(configuration.alerts(), kafka.clientProperties(), Clock.systemUTC()).alerts().stream()
                    .map(AlertOverview.ListedAlert::alert).toList();
        } catch (KafkaException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private void print(String name, Runbook runbook, List<Alert> alerts, DetectorSettings settings) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(name + "\n");
        out.println(Optional.ofNullable(runbook.sections().get(name)).orElse("The runbook of this version has no section for it."));
        out.println("\nEvidence:");
        alerts.forEach(alert -> out.println(AlertText.of(alert).indent(2).stripTrailing()));
        if (alerts.isEmpty()) {
            out.println("  no alert of this name fires, or no Kafka runs here");
        }
        Register.rules().stream().filter(rule -> rule.rule().alertname().equalsIgnoreCase(name)).findFirst()
                .ifPresent(rule -> numbers(out, rule, alerts.isEmpty() ? settings : of(alerts.get(0), settings)));
        out.flush();
    }

    private static DetectorSettings of(Alert alert, DetectorSettings settings) {
        String network = alert.labels().getOrDefault(Alert.NETWORK, "");
        String node = alert.labels().get(Alert.NODE);
        return node == null ? settings.of(network) : settings.of(network, node);
    }

    /** The rule's settings, with the default beside each one that differs from it. */
    private static void numbers(PrintWriter out, RegisteredRule<?> rule, DetectorSettings settings) {
        out.println("\nNumbers of the rule (detectors." + rule.family().key() + "." + rule.key() + "):");
        Map<String, String> defaults = ValueText.keys((Record) DetectorSettings.defaults().of(rule));
        ValueText.keys((Record) settings.of(rule)).forEach((key, value) -> out.println("  " + key + ": " + value
                + (value.equals(defaults.get(key)) ? "" : " (default: " + defaults.get(key) + ")")));
    }

    private static String alertname(Alert alert) {
        return alert.labels().getOrDefault(Alert.ALERTNAME, "");
    }
}
