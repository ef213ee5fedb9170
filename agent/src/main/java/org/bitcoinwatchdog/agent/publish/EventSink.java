package org.bitcoinwatchdog.agent.publish;

import org.bitcoinwatchdog.events.NodeEvent;

/** Where a node's events go. */
@FunctionalInterface
public interface EventSink {
    /** Never waits: called by the threads that empty ring buffers. */
    void enqueue(EventAccount account, NodeEvent event);
}
