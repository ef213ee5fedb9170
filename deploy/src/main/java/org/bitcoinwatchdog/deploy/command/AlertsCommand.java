package org.bitcoinwatchdog.deploy.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.bitcoinwatchdog.alerts.AlertOverview;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.run.KafkaConnection;
import org.bitcoinwatchdog.deploy.text.AlertText;
import org.bitcoinwatchdog.events.AlertJson;
import org.bitcoinwatchdog.events.SafeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "alerts", mixinStandardHelpOptions = true,
        description = "Lists the firing alerts, and the notifications that could not be delivered within the last day.")
final class AlertsCommand implements Callable<Integer> {
    private static final Duration RECENT = Duration.ofDays(1);

    @Option(names = "--all", description = "Also lists resolved alerts, and all stored notifications that could not be delivered.")
    private boolean all;

    @Option(names = "--json", description = "One alert a line, as in the topic, with \"hidden\" if no one is notified: silenced, inhibited or unrouted.")
    private boolean json;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        WatchdogConfiguration configuration = config.read();
        try (KafkaConnection kafka = config.connect(configuration)) {
            AlertOverview overview =
                    AlertOverview.read(configuration.alerts(), kafka.clientProperties(), Clock.systemUTC());
            PrintWriter out = spec.commandLine().getOut();
            List<AlertOverview.ListedAlert> rows =
                    overview.alerts().stream().filter(row -> all || row.alert().firing()).toList();
            if (json) {
                for (AlertOverview.ListedAlert row : rows) {
                    out.println(json(row));
                }
            } else {
                print(out, rows, overview.undelivered());
            }
            out.flush();
            return WatchdogCommand.DONE;
        } catch (KafkaException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private void print(PrintWriter out, List<AlertOverview.ListedAlert> rows, List<AlertOverview.Undelivered> letters) {
        for (AlertOverview.ListedAlert row : rows) {
            out.println(AlertText.of(row.alert()) + row.hidden().map(why -> "\n    no one is notified: " + why).orElse(""));
        }
        if (rows.isEmpty()) {
            out.println(all ? "no alerts" : "nothing is firing");
        }
        Instant since = all ? Instant.MIN : Instant.now().minus(RECENT);
        letters.stream().filter(letter -> letter.at().isAfter(since)).forEach(letter -> out.println(SafeText.lines(
                "UNDELIVERED " + letter.at() + "  to " + letter.sink() + ": " + letter.alertname() + " on "
                        + letter.place() + ": " + letter.reason())));
    }

    private static String json(AlertOverview.ListedAlert row) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode alert = (ObjectNode) mapper.readTree(AlertJson.write(row.alert()));
        row.hidden().ifPresent(why -> alert.put("hidden", why));
        return mapper.writeValueAsString(alert);
    }
}
