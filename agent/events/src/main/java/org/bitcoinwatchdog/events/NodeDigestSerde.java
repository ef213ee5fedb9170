package org.bitcoinwatchdog.events;

/** The values of {@link Topics#NODE_DIGESTS}. */
public final class NodeDigestSerde extends ProtobufSerde<NodeDigest> {
    public NodeDigestSerde() {
        super(NodeDigest.parser(), "NodeDigest");
    }
}
