package org.bitcoinwatchdog.agent;

import org.bitcoinwatchdog.agent.discovery.Node;
import org.bitcoinwatchdog.agent.metrics.TracedNodeMetrics;
import org.bitcoinwatchdog.agent.publish.EventAccount;
import org.bitcoinwatchdog.agent.publish.EventSink;
import org.bitcoinwatchdog.events.NodeEvent;

/** The events of one node and epoch. Each gets both, and a sequence without gaps, is counted, and goes to the sink. */
final class NodeStream {
    private final Node node;
    private final long epoch;
    private final EventSink sink;
    private final EventAccount account;
    private final TracedNodeMetrics metrics;
    private long sequence;

    /** @param epoch UNIX time in nanoseconds */
    NodeStream(Node node, long epoch, EventSink sink, TracedNodeMetrics metrics) {
        this.node = node;
        this.epoch = epoch;
        this.sink = sink;
        this.metrics = metrics;
        this.account = new EventAccount(node.name(), epoch);
    }

    /** @param event with its body and its time */
    void stamp(NodeEvent.Builder event) {
        NodeEvent stamped = event
                .setNode(node.name())
                .setNetwork(node.network())
                .setEpoch(epoch)
                .setSequence(sequence)
                .build();
        metrics.on(stamped);
        sink.enqueue(account, stamped);
        sequence++;
    }

    EventAccount account() {
        return account;
    }
}
