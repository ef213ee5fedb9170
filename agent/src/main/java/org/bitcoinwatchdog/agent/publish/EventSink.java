package org.bitcoinwatchdog.agent.publish;

import org.bitcoinwatchdog.events.NodeEvent;

/** Takes a node's events. */
@FunctionalInterface
public interface EventSink {
    /** Never waits, because threads that empty ring buffers call it. */
    void enqueue(EventAccount account, NodeEvent event);
}
