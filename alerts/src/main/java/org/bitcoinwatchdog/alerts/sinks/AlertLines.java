package org.bitcoinwatchdog.alerts.sinks;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.events.Alert;

/** An alert in words, for sinks that people read. */
final class AlertLines {
    private static final int LONGEST_NAME = 120;

    private AlertLines() {
    }

    /** {@code FIRING page: AddressFlood, alice}. */
    static String headline(NotifiedAlert notified) {
        Alert alert = notified.alert();
        String what = switch (notified.reason()) {
            case BEGAN -> "FIRING " + alert.severity().label();
            case SEVERITY_CHANGED -> "NOW " + alert.severity().label();
            case REMINDER, COMPANY -> "STILL FIRING " + alert.severity().label();
            case ENDED -> "RESOLVED";
        };
        return what + ": " + Stream.of(label(alert, Alert.ALERTNAME), place(alert), label(alert, Alert.SUBJECT))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** The node or the fleet. */
    static String place(Alert alert) {
        String node = label(alert, Alert.NODE);
        return node.isEmpty() ? label(alert, Alert.FLEET) : node;
    }

    static String label(Alert alert, String name) {
        return PeerText.line(alert.labels().getOrDefault(name, ""), LONGEST_NAME);
    }

    static String summary(Alert alert, int longest) {
        return PeerText.line(alert.annotations().getOrDefault(Alert.SUMMARY, alert.labels().get(Alert.ALERTNAME)), longest);
    }

    static String description(Alert alert, int longest) {
        return PeerText.text(alert.annotations().getOrDefault(Alert.DESCRIPTION, ""), longest);
    }

    /** {@code since 2026-11-22T15:32:40Z}, or how long it lasted. */
    static String times(Alert alert) {
        if (alert.firing()) {
            return "since " + alert.startsAt();
        }
        return "from " + alert.startsAt() + " to " + alert.endsAt() + " ("
                + words(Duration.between(alert.startsAt(), alert.endsAt())) + ")";
    }

    /** The runbook's address, where it is one that can stand in a link. */
    static Optional<URI> runbook(Alert alert) {
        return Optional.ofNullable(alert.annotations().get(Alert.RUNBOOK_URL))
                .filter(url -> url.matches("https?://[!#-;=?-{}~]+"))
                .map(AlertLines::uri)
                .filter(Optional::isPresent)
                .map(Optional::get);
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (java.net.URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String words(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
