package org.bitcoinwatchdog.events;

/** The values of {@link Topics#NODE_EVENTS}. */
public final class NodeEventSerde extends ProtobufSerde<NodeEvent> {
    public NodeEventSerde() {
        super(NodeEvent.parser(), "NodeEvent");
    }
}
