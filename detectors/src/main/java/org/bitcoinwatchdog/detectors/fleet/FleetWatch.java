package org.bitcoinwatchdog.detectors.fleet;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.state.Section;
import org.bitcoinwatchdog.detectors.state.Trouble;
import org.bitcoinwatchdog.detectors.state.WriteBack;
import org.bitcoinwatchdog.events.NodeDigest;

/** Everything that is kept of one network's nodes together, and the rules that look at it. */
public final class FleetWatch implements WriteBack {
    private final FleetNodes nodes;
    private final Section<FleetBlocks> blocks;
    private final List<Section<FleetDetector>> detectors;
    private final FleetContext context;
    private final Trouble trouble;
    private final Function<String, Set<String>> leftOut;

    /**
     * @param leftOut rules that leave a node out, by its name
     * @param stored bytes of a section by its name, null where there are none
     */
    public FleetWatch(String network, List<Supplier<FleetDetector>> rules, Function<String, Set<String>> leftOut,
            Function<String, byte[]> stored, Trouble trouble) {
        nodes = new FleetNodes(stored, trouble);
        blocks = Section.load(FleetBlocks::new, stored, trouble);
        detectors = rules.stream().map(rule -> Section.<FleetDetector>load(rule, stored, trouble)).toList();
        context = new FleetContext(network, nodes, blocks.value());
        this.trouble = trouble;
        this.leftOut = leftOut;
    }

    public void on(NodeDigest digest, FleetAlerts writers) {
        FleetNode node = nodes.take(digest);
        node.leftOutOf(leftOut.apply(node.name()));
        if (node.counts() && node.hasTip()) {
            blocks.changed(blocks.value().connected(node));
        }
        FleetAlerts alerts = new NotedAlerts(writers, nodes);
        for (Section<FleetDetector> detector : detectors) {
            ask(detector, node, alerts);
        }
    }

    private void ask(Section<FleetDetector> detector, FleetNode node, FleetAlerts alerts) {
        if (detector.failed()) {
            return;
        }
        try {
            detector.changed(node.leftOutOf(detector.value().section())
                    ? detector.value().leavesOut(node, alerts) : detector.value().on(node, context, alerts));
        } catch (RuntimeException e) {
            detector.fail();
            trouble.failed(detector.value().section(), e);
        }
    }

    @Override
    public void saveChanged(BiConsumer<String, byte[]> out) {
        nodes.saveChanged(out);
        blocks.saveChanged(out);
        detectors.forEach(detector -> detector.saveChanged(out));
    }
}
