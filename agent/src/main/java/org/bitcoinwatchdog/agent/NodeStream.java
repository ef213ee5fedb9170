package org.bitcoinwatchdog.agent;

import java.util.function.Consumer;
import org.bitcoinwatchdog.agent.publish.EventAccount;
import org.bitcoinwatchdog.agent.publish.EventSink;
import org.bitcoinwatchdog.events.NodeEvent;

/** The events of one epoch of a node or witness. Each gets a sequence without gaps, is counted, and goes to the sink. */
final class NodeStream {
    private final String node;
    private final String network;
    private final long epoch;
    private final EventSink sink;
    private final EventAccount account;
    private final Consumer<NodeEvent> metrics;
    private long sequence;

    /**
     * @param epoch   UNIX time in nanoseconds
     * @param metrics called with each stamped event
     */
    NodeStream(String node, String network, long epoch, EventSink sink, Consumer<NodeEvent> metrics) {
        this.node = node;
        this.network = network;
        this.epoch = epoch;
        this.sink = sink;
        this.metrics = metrics;
        this.account = new EventAccount(node, epoch);
    }

    /** @param event with its body and its time */
    void stamp(NodeEvent.Builder event) {
        NodeEvent stamped = event
                .setNode(node)
                .setNetwork(network)
                .setEpoch(epoch)
                .setSequence(sequence)
                .build();
        metrics.accept(stamped);
        sink.enqueue(account, stamped);
        sequence++;
    }

    EventAccount account() {
        return account;
    }
}
