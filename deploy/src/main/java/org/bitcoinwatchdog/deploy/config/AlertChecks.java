package org.bitcoinwatchdog.deploy.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.InhibitSettings;
import org.bitcoinwatchdog.alerts.RouteSettings;
import org.bitcoinwatchdog.alerts.matching.KnownLabels;
import org.bitcoinwatchdog.alerts.matching.Matcher;
import org.bitcoinwatchdog.alerts.pipeline.Router;
import org.bitcoinwatchdog.deploy.config.ConfigurationFile.SettingsFinding;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;

/** Whether routes and inhibitions name labels that alerts have, and sinks that are there. */
public final class AlertChecks {
    /** Alerts about the watchdog's own notifications. */
    private static final String NOTIFICATIONS = "notifications";

    private AlertChecks() {
    }

    /** What alerts can be about, from the rules that the detectors have. */
    public static KnownLabels knownLabels() {
        Set<Rule> rules = DetectorSettings.defaults().rules().keySet();
        return new KnownLabels(
                Stream.concat(rules.stream().map(Rule::alertname), Stream.of(Router.NOTIFICATION_FAILED)).collect(Collectors.toSet()),
                Stream.concat(rules.stream().map(Rule::detector), Stream.of(NOTIFICATIONS)).collect(Collectors.toSet()));
    }

    static List<SettingsFinding> findings(WatchdogConfiguration configuration, Predicate<String> sound) {
        AlertSettings alerts = configuration.alerts();
        List<SettingsFinding> findings = new ArrayList<>();
        alerts.conflicts().stream()
                .filter(conflict -> !conflict.unknown() || sound.test("alerts.sinks"))
                .forEach(conflict -> findings.add(SettingsFinding.error(conflict.at(), conflict.message(), conflict.key())));
        KnownLabels labels = knownLabels();
        alerts.routes().forEach(route -> findings.addAll(route(route, labels)));
        alerts.inhibit().forEach(inhibition -> findings.addAll(inhibition(inhibition, labels)));
        return findings;
    }

    private static List<SettingsFinding> route(RouteSettings route, KnownLabels labels) {
        List<SettingsFinding> findings = new ArrayList<>();
        route.match().orElse(Map.of()).forEach((label, value) -> labels.problem(label, value)
                .ifPresent(problem -> findings.add(SettingsFinding.error(route, problem, "match", label))));
        route.groupBy().orElse(List.of()).forEach(label -> KnownLabels.problemOfName(label)
                .ifPresent(problem -> findings.add(SettingsFinding.error(route, problem, "group-by"))));
        return findings;
    }

    private static List<SettingsFinding> inhibition(InhibitSettings inhibition, KnownLabels labels) {
        List<SettingsFinding> findings = new ArrayList<>();
        Map.of("source", inhibition.source(), "target", inhibition.target()).forEach((key, matchers) -> matchers.stream()
                .map(Matcher::parse).flatMap(matcher -> labels.problem(matcher).stream())
                .forEach(problem -> findings.add(SettingsFinding.error(inhibition, problem, key))));
        inhibition.equal().orElse(List.of()).forEach(label -> KnownLabels.problemOfName(label)
                .ifPresent(problem -> findings.add(SettingsFinding.error(inhibition, problem, "equal"))));
        return findings;
    }

    /** Warns of every rule that is on and pages, and that no route has a sink for. */
    public static List<SettingsFinding> unroutedPages(WatchdogConfiguration configuration, Predicate<String> sound) {
        AlertSettings alerts = configuration.alerts();
        if (alerts.sinks().isEmpty() || !sound.test("alerts")) {
            return List.of();
        }
        Router router = Router.of(alerts.routes(), alerts.sinkNames());
        List<String> unrouted = configuration.detectors().rules().entrySet().stream()
                .filter(Map.Entry::getValue).map(Map.Entry::getKey)
                .filter(rule -> rule.highest() == Severity.PAGE)
                .filter(rule -> !router.mayNotify(Map.of(Alert.ALERTNAME, rule.alertname(), Alert.DETECTOR, rule.detector(),
                        Alert.SEVERITY, Severity.PAGE.label())))
                .map(Rule::alertname).sorted().toList();
        return unrouted.isEmpty() ? List.of() : List.of(SettingsFinding.warning(alerts, "no one is notified of pages of "
                + String.join(", ", unrouted) + ". Add a route, such as {match: {severity: page}, sinks: ["
                + alerts.sinks().get(0).name() + "]}", "routes"));
    }
}
