package org.bitcoinwatchdog.detectors.topology;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.network.Asmap;
import org.bitcoinwatchdog.detectors.node.Chain;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.detectors.node.NodeWatch;
import org.bitcoinwatchdog.detectors.node.Peers;
import org.bitcoinwatchdog.detectors.state.Trouble;
import org.bitcoinwatchdog.events.NodeEvent;

/** Makes the watch of a node, when its first event or its stored state comes. */
public final class NodeWatches {
    private final DetectorSettings settings;
    private final List<Supplier<Detector>> rules;
    private final Optional<Asmap> asmap;
    private final Trouble trouble;

    public NodeWatches(DetectorSettings settings, Trouble trouble) {
        this.settings = settings;
        this.rules = settings.families().stream().flatMap(family -> family.forNode().stream()).toList();
        this.asmap = settings.asmap().map(Asmap::load);
        this.trouble = trouble;
    }

    public NodeWatch of(NodeEvent first, Function<String, byte[]> stored) {
        return new NodeWatch(first.getNode(), first.getNetwork(), () -> new Chain(settings.catchUp()),
                () -> new Peers(asmap), rules, stored, trouble);
    }
}
