package org.bitcoinwatchdog.alerts.matching;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Network;
import org.bitcoinwatchdog.events.Severity;
import org.bitcoinwatchdog.events.Spelling;

/**
 * The labels that alerts have, and their possible values. A route or a silence with another label or value would match nothing,
 * or too much, and no one would notice.
 *
 * @param alertnames of all rules
 * @param detectors  of all rules
 */
public record KnownLabels(Set<String> alertnames, Set<String> detectors) {
    private static final List<String> NAMES = List.of(Alert.ALERTNAME, Alert.SEVERITY, Alert.NODE, Alert.FLEET,
            Alert.NETWORK, Alert.DETECTOR, Alert.SUBJECT);
    private static final List<String> SEVERITIES = Arrays.stream(Severity.values()).map(Severity::label).toList();
    /** The label fleet of an alert about the watchdog itself. */
    private static final String WATCHDOG = "watchdog";
    private static final int MOST_LISTED = 12;

    public KnownLabels {
        alertnames = Set.copyOf(alertnames);
        detectors = Set.copyOf(detectors);
    }

    /** What is wrong with the name of a label; empty if alerts have it. */
    public static Optional<String> problemOfName(String label) {
        return NAMES.contains(label) ? Optional.empty()
                : Optional.of("no alert has the label " + quoted(label) + suggestion(label, NAMES));
    }

    /** What is wrong with a label and its value; empty if an alert can have them. */
    public Optional<String> problem(String label, String value) {
        return problemOfName(label).or(() -> switch (label) {
            case Alert.ALERTNAME -> oneOf(label, value, alertnames);
            case Alert.DETECTOR -> oneOf(label, value, detectors);
            case Alert.SEVERITY -> oneOf(label, value, SEVERITIES);
            case Alert.NETWORK -> network(label, value);
            case Alert.FLEET -> value.equals(WATCHDOG) ? Optional.empty() : network(label, value);
            default -> Optional.empty();
        });
    }

    /** As {@link #problem(String, String)}. A regular expression must match one of the known values, if they are all known. */
    public Optional<String> problem(Matcher matcher) {
        if (matcher.value().isEmpty()) {
            return problemOfName(matcher.label()); // whether an alert has the label
        }
        if (!matcher.operator().isRegex()) {
            return problem(matcher.label(), matcher.value());
        }
        return problemOfName(matcher.label()).or(() -> {
            Collection<String> known = closed(matcher.label());
            Matchers regex = new Matchers(List.of(new Matcher(matcher.label(), Operator.MATCHES, matcher.value())));
            return known.isEmpty() || known.stream().anyMatch(value -> regex.match(Map.of(matcher.label(), value)))
                    ? Optional.empty()
                    : Optional.of("no " + matcher.label() + " matches " + quoted(matcher.value()) + listed(known));
        });
    }

    private Collection<String> closed(String label) {
        return switch (label) {
            case Alert.ALERTNAME -> alertnames;
            case Alert.DETECTOR -> detectors;
            case Alert.SEVERITY -> SEVERITIES;
            default -> List.of();
        };
    }

    private static Optional<String> network(String label, String value) {
        return Network.isKnown(value) ? Optional.empty() : Optional.of("unknown " + label + " " + quoted(value)
                + Spelling.nearest(value, Network.CHAINS.stream().map(Network::name).toList())
                        .map(near -> ", did you mean " + near + "?").orElse("")
                + " Use " + Network.KNOWN);
    }

    private static Optional<String> oneOf(String label, String value, Collection<String> known) {
        return known.contains(value) ? Optional.empty()
                : Optional.of("unknown " + label + " " + quoted(value) + suggestion(value, known));
    }

    private static String suggestion(String value, Collection<String> known) {
        return Spelling.nearest(value, known).map(near -> ", did you mean " + near + "?").orElseGet(() -> listed(known));
    }

    private static String listed(Collection<String> known) {
        return known.size() > MOST_LISTED ? "; the runbook lists them all"
                : new TreeSet<>(known).stream().collect(Collectors.joining(", ", ", use one of ", ""));
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }
}
