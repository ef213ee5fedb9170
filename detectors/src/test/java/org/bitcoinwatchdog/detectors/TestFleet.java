package org.bitcoinwatchdog.detectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Nodes with one common clock. */
public final class TestFleet {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<TestNode> nodes;

    public TestFleet(TestNode... nodes) {
        this.nodes = new ArrayList<>(List.of(nodes));
        this.nodes.forEach(TestNode::started);
    }

    /** All nodes have block 100, for long enough that rules about blocks are armed. */
    public static TestFleet atTheTip(TestNode... nodes) {
        TestFleet fleet = new TestFleet(nodes);
        for (TestNode node : nodes) {
            node.connects(100);
        }
        return fleet.waits(Duration.ofMinutes(31));
    }

    public TestFleet waits(Duration duration) {
        for (long second = 0; second < duration.toSeconds(); second++) {
            nodes.forEach(node -> node.waits(SECOND));
        }
        return this;
    }

    /** From now on time passes without this node. */
    public TestFleet without(TestNode node) {
        nodes.remove(node);
        return this;
    }
}
