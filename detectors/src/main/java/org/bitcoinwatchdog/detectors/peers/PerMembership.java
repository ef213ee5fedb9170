package org.bitcoinwatchdog.detectors.peers;

import java.util.function.Function;
import org.bitcoinwatchdog.detectors.node.NodeContext;

/** A figure of a node's peers, worked out anew only when one came or went: digests ask for it every second. */
final class PerMembership<T> {
    private final Function<NodeContext, T> works;
    private long membership = -1;
    private T value;

    PerMembership(Function<NodeContext, T> works) {
        this.works = works;
    }

    T of(NodeContext node) {
        if (membership != node.peers().membership()) {
            membership = node.peers().membership();
            value = works.apply(node);
        }
        return value;
    }
}
