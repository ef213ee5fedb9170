package org.bitcoinwatchdog.deploy.status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitcoinwatchdog.alerts.AlertOverview;
import org.bitcoinwatchdog.alerts.AlertOverview.ListedAlert;
import org.bitcoinwatchdog.alerts.silence.Silence;
import org.bitcoinwatchdog.deploy.nodes.KnownNode;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Heartbeat;

/**
 * What is watched, who would be notified, and what fires.
 *
 * @param heartbeats the last one of each node that is heard now
 * @param delivered  when each sink last accepted a notification or a heartbeat; a sink without an entry never did
 * @param sinks      names of the configured sinks
 * @param unrouted   why some pages reach no sink; empty if every page has a route
 */
public record WatchStatus(List<KnownNode> nodes, Map<String, Heartbeat> heartbeats, WorkerGroup detectors, WorkerGroup alertWorkers,
        List<String> sinks, Map<String, Instant> delivered, List<String> unrouted, AlertOverview alerts, List<Silence> silences) {
    /** Alerts that say that something is not watched, or not as it should be. */
    private static final Set<String> NOT_WATCHED =
            Set.of("AgentSilent", "AgentBlind", "PipelineLagging", "NodeNameConflict", "DetectorFailed", "WitnessSilent");

    /** Why something is not watched, or why no one would be notified. Each names what to do. Empty: all is well. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (nodes.isEmpty()) {
            problems.add("no node is watched: start watchdog agent on the nodes' hosts, or run watchdog doctor there");
        }
        for (KnownNode node : nodes) {
            if (node.state() != KnownNode.Following.FOLLOWED) {
                problems.add("node " + node.name() + " is " + node.state().text() + ": see watchdog nodes");
            }
        }
        for (ListedAlert listed : firing()) {
            Map<String, String> labels = listed.alert().labels();
            if (NOT_WATCHED.contains(labels.get(Alert.ALERTNAME))) {
                problems.add(labels.get(Alert.ALERTNAME) + " fires about " + labels.getOrDefault(Alert.NODE, labels.get(Alert.FLEET))
                        + ": run watchdog explain " + labels.get(Alert.ALERTNAME));
            }
        }
        if (detectors.members() == 0) {
            problems.add("no detectors run, so no alert can fire: start watchdog detect or watchdog up");
        }
        notifying(problems);
        return problems;
    }

    private void notifying(List<String> problems) {
        if (alertWorkers.members() == 0) {
            problems.add("no alert worker runs, so no one is notified: start watchdog alert or watchdog up");
        }
        if (sinks.isEmpty()) {
            problems.add("the configuration has no sink, so no one is notified: add one to alerts.sinks");
        }
        problems.addAll(unrouted);
        for (String sink : sinks) {
            Instant last = delivered.getOrDefault(sink, Instant.MIN);
            alerts.undelivered().stream().filter(letter -> letter.sink().equals(sink) && letter.at().isAfter(last))
                    .reduce((one, later) -> later).ifPresent(letter -> problems.add("sink " + sink
                            + " has accepted nothing since it refused " + letter.alertname() + " (" + letter.reason()
                            + "): run watchdog send-test-alert --sink " + sink));
        }
    }

    /** The firing alerts, the most severe first. */
    public List<ListedAlert> firing() {
        return alerts.alerts().stream().filter(listed -> listed.alert().firing()).toList();
    }
}
