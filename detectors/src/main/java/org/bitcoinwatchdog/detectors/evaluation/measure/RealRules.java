package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.fleet.FleetAlerts;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector;
import org.bitcoinwatchdog.detectors.fleet.FleetWatch;
import org.bitcoinwatchdog.detectors.network.Asmap;
import org.bitcoinwatchdog.detectors.node.Chain;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.detectors.node.NodeWatch;
import org.bitcoinwatchdog.detectors.node.Peers;
import org.bitcoinwatchdog.detectors.state.Trouble;
import org.bitcoinwatchdog.detectors.state.UnreadableState;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * The very watches that the topology wraps, without Kafka and without saving their state: node rules on each event, fleet
 * rules on each digest. A rule that throws ends the evaluation.
 */
public final class RealRules implements Consumer<NodeEvent> {
    private static final Trouble LOUD = new Trouble() {
        @Override
        public void failed(String section, RuntimeException cause) {
            throw new IllegalStateException("the rule " + section + " failed", cause);
        }

        @Override
        public void unreadable(String section, UnreadableState cause) {
            throw new IllegalStateException("nothing is stored that could be unreadable: " + section, cause);
        }
    };

    /** A node's watch, and where it writes. */
    private record Watched(NodeWatch watch, AlertWriter alerts, Consumer<NodeDigest> digests) {
    }

    private final DetectorSettings settings;
    private final Optional<Asmap> asmap;
    private final List<Supplier<Detector>> nodeRules;
    private final List<Supplier<FleetDetector>> fleetRules;
    private final Consumer<Alert> out;
    private final Map<String, Watched> nodes = new HashMap<>();
    private final Map<String, FleetWatch> fleets = new HashMap<>();

    public RealRules(DetectorSettings settings, Optional<Asmap> asmap, Consumer<Alert> out) {
        this.settings = settings;
        this.asmap = asmap;
        this.out = out;
        nodeRules = settings.families().stream().flatMap(family -> family.forNode().stream()).toList();
        fleetRules = settings.families().stream().flatMap(family -> family.forFleet().stream()).toList();
    }

    @Override
    public void accept(NodeEvent event) {
        Watched node = nodes.get(event.getNode());
        if (node == null) {
            node = watch(event.getNode(), event.getNetwork());
            nodes.put(event.getNode(), node);
        }
        node.watch.on(event, node.alerts, node.digests);
    }

    private Watched watch(String node, String network) {
        NodeWatch watch = new NodeWatch(node, network, () -> new Chain(settings.catchUp()), () -> new Peers(asmap),
                nodeRules, section -> null, LOUD);
        FleetWatch fleet = fleets.computeIfAbsent(network, name -> new FleetWatch(name, fleetRules, section -> null, LOUD));
        FleetAlerts fleetAlerts = new FleetAlerts() {
            @Override
            public AlertWriter node(String name) {
                return AlertWriter.forNode(name, network, settings.runbookBase(), out);
            }

            @Override
            public AlertWriter fleet() {
                return AlertWriter.forFleet(network, settings.runbookBase(), out);
            }
        };
        return new Watched(watch, AlertWriter.forNode(node, network, settings.runbookBase(), out),
                digest -> fleet.on(digest, fleetAlerts));
    }
}
