package org.bitcoinwatchdog.alerts;

import java.time.Instant;
import java.util.TreeMap;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Severity;

/** Alerts as detectors write them. */
public final class Alerts {
    public static final Instant START = Instant.parse("2026-11-22T15:00:00Z");

    private Alerts() {
    }

    /** A page of the node, firing since {@link #START}. */
    public static Alert firing(String node) {
        return firing(node, Severity.PAGE, START);
    }

    public static Alert firing(String node, Severity severity, Instant startsAt) {
        return of(node, severity, startsAt, startsAt, null);
    }

    /** The same alert with evidence that is younger by that many seconds. */
    public static Alert refreshed(Alert alert, int seconds) {
        return new Alert(alert.status(), alert.labels(), alert.annotations(), alert.startsAt(),
                alert.updatedAt().plusSeconds(seconds), alert.endsAt(), null, alert.evidence());
    }

    /** The same alert, whose evidence grew that many seconds later. */
    public static Alert grown(Alert alert, int seconds) {
        Instant grewAt = alert.updatedAt().plusSeconds(seconds);
        return new Alert(alert.status(), alert.labels(), alert.annotations(), alert.startsAt(), grewAt, grewAt, alert.endsAt(), null,
                alert.evidence());
    }

    /** The alert a minute later, with another severity. */
    public static Alert withSeverity(Alert alert, Severity severity) {
        TreeMap<String, String> labels = new TreeMap<>(alert.labels());
        labels.put(Alert.SEVERITY, severity.label());
        return new Alert(alert.status(), labels, alert.annotations(), alert.startsAt(),
                alert.updatedAt().plusSeconds(60), alert.endsAt(), null, alert.evidence());
    }

    /** The alert's end, a minute after its last update. */
    public static Alert resolved(Alert alert) {
        Instant end = alert.updatedAt().plusSeconds(60);
        return new Alert(AlertStatus.RESOLVED, alert.labels(), alert.annotations(), alert.startsAt(), end, end, null,
                alert.evidence());
    }

    /** The alert's next episode, an hour later. */
    public static Alert again(Alert alert) {
        return again(alert, 3_600);
    }

    /** The alert's next episode, that many seconds later. */
    public static Alert again(Alert alert, int seconds) {
        Instant start = alert.updatedAt().plusSeconds(seconds);
        return new Alert(AlertStatus.FIRING, alert.labels(), alert.annotations(), start, start, null, null,
                alert.evidence());
    }

    /** The alert with other labels; a label without a value is taken away. */
    public static Alert labelled(Alert alert, java.util.Map<String, String> changes) {
        TreeMap<String, String> labels = new TreeMap<>(alert.labels());
        labels.putAll(changes);
        labels.values().removeIf(String::isEmpty);
        return new Alert(alert.status(), labels, alert.annotations(), alert.startsAt(), alert.updatedAt(),
                alert.endsAt(), null, alert.evidence());
    }

    public static Alert annotated(Alert alert, String name, String text) {
        TreeMap<String, String> annotations = new TreeMap<>(alert.annotations());
        annotations.put(name, text);
        return new Alert(alert.status(), alert.labels(), annotations, alert.startsAt(), alert.updatedAt(),
                alert.endsAt(), null, alert.evidence());
    }

    private static Alert of(String node, Severity severity, Instant startsAt, Instant updatedAt, Instant endsAt) {
        TreeMap<String, String> labels = new TreeMap<>();
        labels.put(Alert.ALERTNAME, "AddressFlood");
        labels.put(Alert.SEVERITY, severity.label());
        labels.put(Alert.NODE, node);
        labels.put(Alert.NETWORK, "main");
        labels.put(Alert.DETECTOR, "address-flooding");
        TreeMap<String, String> annotations = new TreeMap<>();
        annotations.put(Alert.SUMMARY, "6 peers flood " + node + " with addresses");
        annotations.put(Alert.DESCRIPTION, "5,000 of 30,000 entries were over their peers' budget.");
        return new Alert(endsAt == null ? AlertStatus.FIRING : AlertStatus.RESOLVED, labels, annotations, startsAt,
                updatedAt, endsAt, null, Evidence.NONE);
    }
}
