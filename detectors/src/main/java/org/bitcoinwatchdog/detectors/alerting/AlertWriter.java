package org.bitcoinwatchdog.detectors.alerting;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Severity;

/** Makes {@link Alert}s from what rules find, with the labels of the node or fleet that they looked at. */
public final class AlertWriter {
    private static final long NS_PER_S = 1_000_000_000L;
    private static final long REFRESH_NS = 60 * NS_PER_S;

    private final Map<String, String> scope;
    private final String runbookBase;
    private final Consumer<Alert> out;
    private final Firing firing;
    private final Supplier<String> section;
    private final long refreshAfterNs;

    private AlertWriter(
            Map<String, String> scope, String runbookBase, Consumer<Alert> out, Firing firing, Supplier<String> section,
            long refreshAfterNs) {
        this.scope = scope;
        this.runbookBase = runbookBase;
        this.out = out;
        this.firing = firing;
        this.section = section;
        this.refreshAfterNs = refreshAfterNs;
    }

    public static AlertWriter forNode(String node, String network, String runbookBase, Consumer<Alert> out) {
        return new AlertWriter(Map.of(Alert.NODE, node, Alert.NETWORK, network), runbookBase, out, new Firing(), () -> "", REFRESH_NS);
    }

    /** All nodes of a network are one fleet, named after it. */
    public static AlertWriter forFleet(String network, String runbookBase, Consumer<Alert> out) {
        return new AlertWriter(Map.of(Alert.FLEET, network, Alert.NETWORK, network), runbookBase, out, new Firing(), () -> "", REFRESH_NS);
    }

    /**
     * The same, and records what fires.
     *
     * @param by section of the rule that is being asked
     */
    public AlertWriter noting(Firing kept, Supplier<String> by) {
        return new AlertWriter(scope, runbookBase, out, kept, by, refreshAfterNs);
    }

    /**
     * The same for the last judgement of a recording: every firing alert writes its newest evidence, even if its last
     * record is fresh.
     */
    public AlertWriter closing() {
        return new AlertWriter(scope, runbookBase, out, firing, section, 1);
    }

    /** The time from an alert's last record after which its evidence is written again. */
    long refreshAfterNs() {
        return refreshAfterNs;
    }

    void firing(Rule rule, Severity severity, long startsAtNs, long grewAtNs, long nowNs, Finding finding) {
        write(rule, AlertStatus.FIRING, severity, startsAtNs, grewAtNs, nowNs, finding);
    }

    void resolved(Rule rule, Severity severity, long startsAtNs, long grewAtNs, long nowNs, Finding finding) {
        write(rule, AlertStatus.RESOLVED, severity, startsAtNs, grewAtNs, nowNs, finding);
    }

    private void write(Rule rule, AlertStatus status, Severity severity, long startsAtNs, long grewAtNs, long nowNs, Finding finding) {
        assert agrees(rule, status, finding);
        Map<String, String> labels = new HashMap<>(scope);
        labels.put(Alert.ALERTNAME, rule.alertname());
        labels.put(Alert.DETECTOR, rule.detector());
        labels.put(Alert.SEVERITY, severity.label());
        Map<String, String> annotations = Map.of(
                Alert.SUMMARY, finding.summary(),
                Alert.DESCRIPTION, finding.description(),
                // Anchors of Markdown headings are written in lower case by every renderer.
                Alert.RUNBOOK_URL, runbookBase + rule.alertname().toLowerCase(java.util.Locale.ROOT));
        firing.note(rule, severity, status == AlertStatus.FIRING, startsAtNs, section.get());
        Instant now = instant(nowNs);
        out.accept(new Alert(status, new java.util.TreeMap<>(labels), new java.util.TreeMap<>(annotations),
                instant(startsAtNs), now, grewAtNs == 0 ? null : instant(grewAtNs), status == AlertStatus.RESOLVED ? now : null, null, finding.evidence()));
    }

    private static boolean agrees(Rule rule, AlertStatus status, Finding finding) {
        java.util.List<String> contradictions = EvidenceCheck.contradictions(finding, status == AlertStatus.FIRING);
        assert contradictions.isEmpty() : rule.alertname() + ": " + contradictions + " in " + finding;
        return true;
    }

    private static Instant instant(long ns) {
        return Instant.ofEpochSecond(Math.floorDiv(ns, NS_PER_S), Math.floorMod(ns, NS_PER_S));
    }
}
