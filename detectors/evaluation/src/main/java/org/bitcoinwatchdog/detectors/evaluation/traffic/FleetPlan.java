package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.List;

/**
 * What a simulated fleet consists of.
 *
 * @param nodes node-0, node-1, … by kind
 */
public record FleetPlan(List<NodeKind> nodes, Fidelity fidelity, long seed) {
    /** 2026-01-01, when every simulation begins; UNIX microseconds. */
    public static final long START_US = 1_767_225_600_000_000L;

    public FleetPlan {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty() || nodes.size() > 255) {
            throw new IllegalArgumentException("a fleet has 1 to 255 nodes");
        }
    }
}
