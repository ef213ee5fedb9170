package org.bitcoinwatchdog.deploy.config;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bitcoinwatchdog.agent.AgentSettings;
import org.bitcoinwatchdog.agent.discovery.NodeSettings;
import org.bitcoinwatchdog.agent.witness.WitnessSettings;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.InhibitSettings;
import org.bitcoinwatchdog.alerts.RouteSettings;
import org.bitcoinwatchdog.alerts.sinks.SinkSettings;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.bitcoinwatchdog.deploy.topics.TopicSettings;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.Register;
import org.bitcoinwatchdog.detectors.consensus.RuleSet;
import org.bitcoinwatchdog.detectors.node.Deployment;
import org.bitcoinwatchdog.detectors.node.KnownBranch;

/** deploy/configuration.md: every key with its form, default and meaning, from the settings' records and their comments. */
final class ConfigurationPage {
    private static final String HEAD = """
            # Configuration

            The configuration is one YAML file, given with `--config FILE`. Every key has a default. `watchdog check-config FILE` reports all
            problems of a file at once. Unknown keys are refused, with a suggestion.

            - A duration is a number and a unit: `500ms`, `60s`, `10m`, `4h`, `14d`.
            - A relative path starts at the file's folder.
            - Secrets are in separate files, which the keys `...-file` name. A sink's secret is read when the process starts.
            - `a.b` in a table is the key `b` below the key `a`.

            A test (`ConfigurationPageTest`) writes this page from the settings' records.
            """;

    private static final Set<Class<?>> SECTIONS =
            Set.of(TopicSettings.class, AgentSettings.class, DetectorSettings.class, AlertSettings.class, HttpSettings.class);

    private final StringBuilder text = new StringBuilder(HEAD);
    private final SourceComments comments = new SourceComments();
    private final TreeSet<String> undescribed = new TreeSet<>();
    private final SettingsTable table = new SettingsTable(text, comments, undescribed);
    private final WatchdogConfiguration defaults = WatchdogConfiguration.defaults();

    String text() {
        section("## The file");
        table.of(WatchdogConfiguration.class, Optional.of(defaults));
        section("## topics");
        table.of(TopicSettings.class, Optional.of(defaults.topics()));
        section("## agent");
        table.of(AgentSettings.class, Optional.of(defaults.agent()));
        section("### agent.nodes, each");
        table.of(NodeSettings.class, Optional.empty());
        section("### agent.witnesses, each");
        table.of(WitnessSettings.class, Optional.empty());
        detectors();
        section("## alerts");
        table.of(AlertSettings.class, Optional.of(defaults.alerts()));
        for (Class<?> sink : SinkSettings.class.getPermittedSubclasses()) {
            section("### alerts.sinks, of type: " + KeySpelling.of(sink.getSimpleName()));
            comments.sentence(sink).ifPresent(sentence -> text.append('\n').append(sentence).append(".\n"));
            table.of(sink, Optional.empty());
        }
        section("### alerts.routes, each");
        table.of(RouteSettings.class, Optional.empty());
        section("### alerts.inhibit, each");
        table.of(InhibitSettings.class, Optional.empty());
        section("## http");
        table.of(HttpSettings.class, Optional.of(defaults.http()));
        return text.toString();
    }

    /** Filled by {@link #text}: components without a comment in their record. */
    TreeSet<String> undescribed() {
        return undescribed;
    }

    private void detectors() {
        section("## detectors");
        table.of(DetectorSettings.class, Optional.of(defaults.detectors()));
        for (Register.Family family : Register.Family.values()) {
            section("### detectors." + family.key());
            text.append('\n').append(family.meaning()).append(".\n");
            table.rules(family, defaults.detectors());
        }
        section("### detectors.known-branches, each");
        table.of(KnownBranch.class, Optional.empty());
        section("### detectors.consensus-rules.mandatory-signalling.deployments, each");
        table.of(Deployment.class, Optional.empty());
        section("### detectors.consensus-rules.fleet-mixed-rules.rule-sets, each");
        table.of(RuleSet.class, Optional.empty());
    }

    private void section(String heading) {
        text.append('\n').append(heading).append('\n');
    }

    static boolean hasOwnSection(Class<?> type) {
        return SECTIONS.contains(type);
    }
}
