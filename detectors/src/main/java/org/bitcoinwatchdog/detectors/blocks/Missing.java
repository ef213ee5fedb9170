package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.fleet.FleetBlocks.Connect;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetContext;
import org.bitcoinwatchdog.detectors.fleet.FleetNode;

/**
 * Blocks that a node lacks and enough others have.
 *
 * @param sinceNs when the last of the others needed had connected something above the node's height
 * @param height  of the lowest missing block
 * @param blocks  how many heights are missing
 * @param nodes   who connected first
 */
record Missing(long sinceNs, int height, int blocks, List<String> nodes) {
    /** Of 42,617 real blocks two nodes connected 99.5 % within 18 s of one another (rules.md section 1). */
    private static final long BENIGN_NS = Duration.ofMinutes(1).toNanos();

    /**
     * Counts by height, not by hash: with two blocks at one height, no node lags. It leaves out blocks connected after
     * the node's present time, and blocks connected before the end of the node's last hole. It also leaves out blocks
     * connected soon after the hole: this node may have connected them earlier, in the hole.
     */
    static Optional<Missing> of(FleetNode node, int others, FleetContext fleet) {
        boolean tipKnown = node.connectedAtNs() >= node.blocksKnownSinceNs();
        var above = fleet.blocks().above(node.height(), connect -> fleet.chains().together(node.name(), connect.node()), node.blocksKnownSinceNs() + (tipKnown ? 0 : BENIGN_NS));
        List<Connect> first = above.values().stream().flatMap(List::stream)
                .filter(connect -> connect.atNs() <= node.atNs())
                .sorted(Comparator.comparingLong(Connect::atNs))
                .toList();
        List<String> nodes = first.stream().map(Connect::node).distinct().toList();
        if (nodes.size() < others) {
            return Optional.empty();
        }
        String lastNeeded = nodes.get(others - 1);
        long since = first.stream().filter(connect -> connect.node().equals(lastNeeded)).findFirst().orElseThrow().atNs();
        int missing = (int) above.values().stream()
                .filter(connects -> connects.stream().filter(connect -> connect.atNs() <= node.atNs()).count() >= others)
                .count();
        return Optional.of(new Missing(since, above.firstKey(), Math.max(1, missing), nodes));
    }
}
