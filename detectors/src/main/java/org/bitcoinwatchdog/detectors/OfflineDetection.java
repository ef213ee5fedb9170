package org.bitcoinwatchdog.detectors;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.fleet.FleetWatch;
import org.bitcoinwatchdog.detectors.node.NodeWatch;
import org.bitcoinwatchdog.detectors.state.Faults;
import org.bitcoinwatchdog.detectors.topology.Counts;
import org.bitcoinwatchdog.detectors.topology.FleetAlertWriters;
import org.bitcoinwatchdog.detectors.topology.NodeWatches;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.ChainStatus;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * Does what {@link DetectionTopology} does, without Kafka, so that replays and evaluations are fast. It runs the same
 * watches and rules. A test compares its alerts with those of the topology.
 */
public final class OfflineDetection {
    private final DetectorSettings settings;
    private final Consumer<Alert> alerts;
    private final Faults faults;
    private final NodeWatches watches;
    private final Map<String, OfflineNode> nodes = new HashMap<>();
    /** The node of the last event. Often the next event is of the same node. */
    private OfflineNode last;
    private final Consumer<NodeDigest> digests = this::on;
    private final Map<String, OfflineFleet> fleets = new HashMap<>();
    private final Consumer<Alert> fleetAlerts = this::ofFleet;
    private Consumer<ChainStatus> statuses = status -> { };
    private boolean alerted;

    /** A node's watch, and where it writes. */
    private record OfflineNode(String name, NodeWatch watch, AlertWriter alerts) {
    }

    private record OfflineFleet(FleetWatch watch, FleetAlertWriters alerts) {
    }

    /** @throws IllegalArgumentException if a file named in the settings can't be used */
    public OfflineDetection(DetectorSettings settings, Consumer<Alert> alerts) {
        this(settings, alerts, new Counts(new SimpleMeterRegistry()));
    }

    /** @param faults is told when a rule fails */
    public OfflineDetection(DetectorSettings settings, Consumer<Alert> alerts, Faults faults) {
        this.settings = settings;
        this.alerts = alerts;
        this.faults = faults;
        watches = new NodeWatches(settings, faults);
    }

    /** Takes an event. Events of one node must be in order, events of different nodes roughly in order. */
    public void on(NodeEvent event) {
        if (event.hasNodeUnfollowed()) {
            unfollow(event);
            return;
        }
        if (last == null || !last.name.equals(event.getNode())) {
            last = nodes.computeIfAbsent(event.getNode(), name -> newNode(event));
        }
        last.watch.on(event, last.alerts, digests);
    }

    private void unfollow(NodeEvent event) {
        last = null;
        OfflineNode gone = nodes.remove(event.getNode());
        if (gone != null) {
            gone.watch.end(event.getObservedAtNs(), gone.name + " is no longer followed", gone.alerts, digests);
        }
    }

    private OfflineNode newNode(NodeEvent event) {
        String name = event.getNode();
        return new OfflineNode(name, watches.of(name, event.getNetwork(), event.getWitness(), section -> null),
                AlertWriter.forNode(name, event.getNetwork(), settings.runbook(), alerts));
    }

    /** No event follows. Alerts that still fire are written once more, with their newest evidence. */
    public void close() {
        nodes.values().forEach(node -> node.watch.close(node.alerts.closing()));
    }

    /** Also hands over the verdict about deposits whenever it changes. No silence is judged. */
    public OfflineDetection withDeposits(Consumer<ChainStatus> out) {
        statuses = out;
        return this;
    }

    private void ofFleet(Alert alert) {
        alerted = true;
        alerts.accept(alert);
    }

    private void on(NodeDigest digest) {
        OfflineFleet fleet = fleets.computeIfAbsent(digest.getNetwork(), network -> new OfflineFleet(
                watches.ofFleet(network, section -> null), new FleetAlertWriters(network, settings.runbook(), fleetAlerts)));
        alerted = false;
        fleet.watch.on(digest, fleet.alerts);
        fleet.watch.depositsAfter(digest, alerted, digest.getAtNs()).ifPresent(statuses);
    }
}
