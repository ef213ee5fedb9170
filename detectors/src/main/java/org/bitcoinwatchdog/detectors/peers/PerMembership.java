package org.bitcoinwatchdog.detectors.peers;

import java.util.function.Function;
import org.bitcoinwatchdog.detectors.node.NodeContext;

/**
 * A figure of a node's peers. It is computed again only when a peer came or went, since digests need it every second.
 */
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
