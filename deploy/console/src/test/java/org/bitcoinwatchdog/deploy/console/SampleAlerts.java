package org.bitcoinwatchdog.deploy.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;

/** Alerts as detectors write them. */
public final class SampleAlerts {
    private SampleAlerts() {
    }

    public static Alert firing(String name, String severity, String node, Instant began, Evidence evidence, String summary) {
        return new Alert(AlertStatus.FIRING, new TreeMap<>(labels(name, severity, node)), annotations(summary), began, began, null,
                null, evidence);
    }

    public static Alert resolved(Alert alert, Duration after) {
        Instant ended = alert.startsAt().plus(after);
        return new Alert(AlertStatus.RESOLVED, alert.labels(), alert.annotations(), alert.startsAt(), ended, ended, null, alert.evidence());
    }

    public static Alert flood(String node, Instant began) {
        Evidence evidence = new Evidence(
                List.of(Measurement.against("discarded-entries", 29_412, 5_000, "entries"), Measurement.against("flooding-peers", 6, 3, "peers"),
                        Measurement.of("entries-per-message", 10, "entries"), Measurement.of("share-in-the-future", 0.97, "ratio"),
                        Measurement.of("share-unroutable", 0.13, "ratio")),
                Map.of("peers", List.of("198.18.7.1:48213", "198.18.7.2:48310", "198.19.30.9:51022", "203.0.113.77:40012"),
                        "netgroups", List.of("198.18.0.0/16", "198.19.0.0/16", "203.0.0.0/16")), true);
        return firing("AddressFlood", "page", node, began, evidence,
                "6 peers sent " + node + " 29,412 addresses more than Bitcoin Core takes within ten minutes");
    }

    public static Alert lag(String node, String severity, Instant began) {
        Evidence evidence = new Evidence(List.of(Measurement.against("lag", 214, severity.equals("page") ? 120 : 60, "seconds"),
                Measurement.against("nodes-ahead", 3, 2, "nodes")), Map.of("blocks", List.of("00000000000000000001d80f6ef1")), true);
        return firing("FleetLag", severity, node, began, evidence, node + " has not connected a block that 3 others have for 214 s");
    }

    public static Alert concentration(String node, Instant began) {
        Evidence evidence = new Evidence(List.of(Measurement.against("top-netgroup-share", 0.36, 0.30, "ratio"),
                Measurement.against("hhi", 0.17, 0.25, "ratio")), Map.of("netgroups", List.of("203.0.0.0/16", "198.51.0.0/16")), false);
        return firing("InboundConcentration", "warn", node, began, evidence, "36 % of the inbound peers of " + node + " share one netgroup");
    }

    private static Map<String, String> labels(String name, String severity, String node) {
        return Map.of(Alert.ALERTNAME, name, Alert.SEVERITY, severity, Alert.NODE, node, Alert.NETWORK, "regtest", Alert.DETECTOR, "sample");
    }

    private static TreeMap<String, String> annotations(String summary) {
        return new TreeMap<>(Map.of(Alert.SUMMARY, summary, Alert.DESCRIPTION, "Measured over the node's own time. Honest peers send fewer "
                + "than 0.025 entries a second, and a thousand at once only when they are asked. Compare the peers below with the node's "
                + "getpeerinfo, and disconnect those that go on.", Alert.RUNBOOK_URL, "https://example.org/runbooks/address-flood"));
    }
}
