package org.bitcoinwatchdog.detectors.topology;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.network.Asmap;
import org.bitcoinwatchdog.detectors.node.Chain;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector;
import org.bitcoinwatchdog.detectors.node.NodeRules;
import org.bitcoinwatchdog.detectors.node.NodeWatch;
import org.bitcoinwatchdog.detectors.node.Peers;
import org.bitcoinwatchdog.detectors.state.Trouble;

/** Makes the watch of a node, when its first event or its stored state comes, with the rules as they are set for it. */
public final class NodeWatches {
    private final DetectorSettings settings;
    private final Optional<Asmap> asmap;
    private final Trouble trouble;

    public NodeWatches(DetectorSettings settings, Trouble trouble) {
        settings.check();
        this.settings = settings;
        this.asmap = settings.asmap().map(Asmap::load);
        this.trouble = trouble;
    }

    public NodeWatch of(String node, String network, Function<String, byte[]> stored) {
        DetectorSettings own = settings.of(network, node);
        NodeRules rules = new NodeRules(
                own.families().stream().flatMap(family -> family.forNode().stream()).toList(),
                own.families().stream().flatMap(family -> family.forSilence().stream()).toList());
        return new NodeWatch(node, network, () -> new Chain(own.catchUp()), () -> new Peers(asmap), rules, stored, trouble);
    }

    public List<Supplier<FleetDetector>> fleetRules(String network) {
        return settings.of(network).families().stream().flatMap(family -> family.forFleet().stream()).toList();
    }
}
