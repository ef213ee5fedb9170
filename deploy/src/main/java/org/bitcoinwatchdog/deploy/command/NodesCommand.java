package org.bitcoinwatchdog.deploy.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.bitcoinwatchdog.agent.Agent;
import org.bitcoinwatchdog.alerts.AlertOverview;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.nodes.Forgetting;
import org.bitcoinwatchdog.deploy.nodes.KnownNode;
import org.bitcoinwatchdog.deploy.nodes.KnownNodes;
import org.bitcoinwatchdog.deploy.run.KafkaConnection;
import org.bitcoinwatchdog.deploy.text.Table;
import org.bitcoinwatchdog.events.SafeText;
import org.bitcoinwatchdog.events.Spelling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "nodes", mixinStandardHelpOptions = true,
        description = "Lists the nodes that the detectors know, with the host of each one's agent and when it was last heard.")
final class NodesCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @Option(names = "--all", description = "Also lists nodes that are no longer followed, for some minutes after their end.")
    private boolean all;

    @Option(names = "--json", description = "Prints one JSON object a line.")
    private boolean json;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    private interface NodesWork {
        int on(KafkaConnection kafka, Map<String, KnownNode> nodes);
    }

    @Override
    public Integer call() {
        return with(config, (kafka, nodes) -> {
            PrintWriter out = spec.commandLine().getOut();
            List<KnownNode> shown = nodes.values().stream()
                    .filter(node -> all || node.state() != KnownNode.Following.NOT_FOLLOWED).toList();
            Instant now = Instant.now();
            if (json) {
                shown.forEach(node -> out.println(json(node, now)));
            } else if (shown.isEmpty()) {
                out.println("no node is known");
            } else {
                out.print(table(shown, now));
            }
            if (!shown.isEmpty() && shown.stream().allMatch(node -> node.state() == KnownNode.Following.SILENT)) {
                spec.commandLine().getErr().println("watchdog: no node is heard now. Check that the detectors run.");
            }
            return WatchdogCommand.DONE;
        });
    }

    @Command(description = "Removes a retired node: its alerts resolve, and it leaves the fleet, the console and"
            + " the metrics. If the node starts again, it is watched again.", mixinStandardHelpOptions = true)
    int forget(@Mixin ConfigOption of, @Parameters(paramLabel = "NAME", arity = "1..*") List<String> names) {
        Set<String> asked = new LinkedHashSet<>(names);
        return with(of, (kafka, nodes) -> {
            Forgetting forgetting = new Forgetting(kafka.clientProperties(), Clock.systemUTC());
            requireKnown(asked, nodes);
            requireSilent(forgetting.heardNow(asked));
            Set<String> waiting = forgetting.forget(asked.stream().map(nodes::get).toList(), Agent.hostName());
            for (String name : asked) {
                if (waiting.contains(name)) {
                    spec.commandLine().getErr().println("watchdog: published that " + line(name)
                            + " is no longer followed. The detectors have not taken it yet. Check that they run.");
                } else {
                    spec.commandLine().getOut().println("forgot " + line(name));
                }
            }
            return WatchdogCommand.DONE;
        });
    }

    private int with(ConfigOption of, NodesWork work) {
        WatchdogConfiguration configuration = of.read();
        try (KafkaConnection kafka = of.connect(configuration)) {
            Clock clock = Clock.systemUTC();
            AlertOverview overview = AlertOverview.read(configuration.alerts(), kafka.clientProperties(), clock);
            int status = work.on(kafka, KnownNodes.read(kafka.clientProperties(),
                    overview.alerts().stream().map(AlertOverview.ListedAlert::alert).toList(), clock,
                    unreadable -> spec.commandLine().getErr().println(KnownNodes.skipped(unreadable))));
            spec.commandLine().getOut().flush();
            return status;
        } catch (KafkaException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private void requireKnown(Collection<String> asked, Map<String, KnownNode> nodes) {
        for (String name : asked) {
            if (!nodes.containsKey(name)) {
                throw new ParameterException(spec.commandLine(), "no node is named " + line(name)
                        + Spelling.nearest(name, nodes.keySet()).map(nearest -> ", did you mean " + line(nearest) + "?")
                        .orElse(". watchdog nodes lists them"));
            }
        }
    }

    private static void requireSilent(Map<String, String> heard) {
        heard.forEach((name, host) -> {
            throw new CommandFailure(line(name) + " is still heard from: the agent on "
                    + (host.isEmpty() ? "an unknown host" : line(host)) + " follows it. Take the node out of agent.nodes there,"
                    + " or stop that agent, and try again");
        });
    }

    private static String table(List<KnownNode> nodes, Instant now) {
        Table table = new Table("NAME", "NETWORK", "HOST", "IMPLEMENTATION", "VERSION", "SIDE", "LAST HEARD", "STATE");
        for (KnownNode node : nodes) {
            table.row(line(node.name()), line(node.network()), known(node.host()), known(node.implementation()), known(node.version()), known(node.side()),
                    node.lastHeard().truncatedTo(ChronoUnit.SECONDS) + " (" + age(node.age(now)) + " ago)", node.state().text());
        }
        return table.toString();
    }

    static String age(Duration age) {
        return age.toDays() > 0 ? age.toDays() + " d " + age.toHoursPart() + " h"
                : age.toHours() > 0 ? age.toHours() + " h " + age.toMinutesPart() + " min"
                : age.toMinutes() > 0 ? age.toMinutes() + " min" : age.toSeconds() + " s";
    }

    private static String json(KnownNode node, Instant now) {
        ObjectNode object = JSON.createObjectNode().put("name", node.name()).put("network", node.network())
                .put("host", node.host()).put("implementation", node.implementation()).put("version", node.version()).put("side", node.side())
                .put("lastHeard", node.lastHeard().toString())
                .put("ageS", node.age(now).toSeconds()).put("state", node.state().text());
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    private static String known(String foreign) {
        return foreign.isEmpty() ? "-" : line(foreign);
    }

    private static String line(String foreign) {
        return SafeText.of(foreign);
    }
}
