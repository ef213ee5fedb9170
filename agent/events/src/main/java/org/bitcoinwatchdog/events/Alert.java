package org.bitcoinwatchdog.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One record of the topic {@code watchdog.alerts}: the state of an alert from {@code updatedAt} on, in the model of
 * Prometheus Alertmanager.
 *
 * @param labels      identify and route the alert: {@code alertname}, {@code severity}, {@code node} or {@code fleet},
 *                    {@code network}, {@code detector}, {@code subject}
 * @param annotations text for people: {@code summary}, {@code description}, {@code runbook_url}
 * @param startsAt    when the alert began, in the node's event time
 * @param updatedAt   when this record was decided, in the node's event time
 * @param grewAt      when its evidence last grew so much that people should read it again; null if it never did
 * @param endsAt      when the alert ended; null while it fires
 * @param fingerprint {@link #fingerprint(Map)} of the labels, the record's key
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Alert(
        AlertStatus status,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        Instant startsAt,
        Instant updatedAt,
        Instant grewAt,
        Instant endsAt,
        String fingerprint,
        Evidence evidence) {

    public static final String ALERTNAME = "alertname";
    public static final String SEVERITY = "severity";
    public static final String NODE = "node";
    public static final String FLEET = "fleet";
    public static final String NETWORK = "network";
    public static final String DETECTOR = "detector";
    public static final String SUBJECT = "subject";

    public static final String SUMMARY = "summary";
    public static final String DESCRIPTION = "description";
    public static final String RUNBOOK_URL = "runbook_url";

    public Alert {
        Objects.requireNonNull(status, "status");
        labels = sorted(labels);
        annotations = sorted(annotations);
        Objects.requireNonNull(startsAt, "startsAt");
        Objects.requireNonNull(updatedAt, "updatedAt");
        if ((endsAt == null) != (status == AlertStatus.FIRING)) {
            throw new IllegalArgumentException("an alert has endsAt if and only if it is resolved");
        }
        if (!labels.containsKey(ALERTNAME)) {
            throw new IllegalArgumentException("an alert must have the label alertname");
        }
        String expected = fingerprint(labels);
        if (fingerprint == null) {
            fingerprint = expected;
        } else if (!fingerprint.equals(expected)) {
            throw new IllegalArgumentException("fingerprint " + fingerprint + " is not that of the labels, " + expected);
        }
        evidence = evidence == null ? Evidence.NONE : evidence;
    }

    /** An alert whose evidence did not grow. */
    public Alert(AlertStatus status, SortedMap<String, String> labels, SortedMap<String, String> annotations, Instant startsAt,
            Instant updatedAt, Instant endsAt, String fingerprint, Evidence evidence) {
        this(status, labels, annotations, startsAt, updatedAt, null, endsAt, fingerprint, evidence);
    }

    /**
     * Stable 64-bit hash, as 16 hex digits, of the labels that identify an alert. These are all labels except {@code
     * severity}, which may change while the alert goes on.
     */
    public static String fingerprint(Map<String, String> labels) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        new TreeMap<>(labels).forEach((name, value) -> {
            if (!name.equals(SEVERITY)) {
                sha256.update(name.getBytes(StandardCharsets.UTF_8));
                sha256.update((byte) 0xff);
                sha256.update(value.getBytes(StandardCharsets.UTF_8));
                sha256.update((byte) 0xff);
            }
        });
        return HexFormat.of().formatHex(sha256.digest(), 0, 8);
    }

    @JsonIgnore
    public Severity severity() {
        return Severity.valueOf(labels.getOrDefault(SEVERITY, "info").toUpperCase(java.util.Locale.ROOT));
    }

    @JsonIgnore
    public boolean firing() {
        return status == AlertStatus.FIRING;
    }

    private static SortedMap<String, String> sorted(Map<String, String> map) {
        return map == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
