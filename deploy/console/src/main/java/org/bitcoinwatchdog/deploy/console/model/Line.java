package org.bitcoinwatchdog.deploy.console.model;

import org.bitcoinwatchdog.events.EndedConnection;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.OpenedConnection;
import org.bitcoinwatchdog.events.Peer;
import org.bitcoinwatchdog.events.SafeText;

/**
 * One line of a node's message stream.
 *
 * @param atMicros  when the kernel saw it, UNIX microseconds
 * @param direction in, out, or net for other events
 * @param peer      the peer's id, -1 for what concerns no peer
 * @param address   the peer's address
 * @param type      message type, or opened, closed, evicted, misbehaving, block
 * @param sizeBytes of the message's payload
 * @param says      its content, in a few words
 */
public record Line(long atMicros, String direction, long peer, String address, String type, long sizeBytes, String says) {
    private static final String NET = "net";

    /** @return null if the event belongs to no message stream */
    static Line of(NodeEvent event) {
        long at = event.getObservedAtNs() / 1_000;
        return switch (event.getBodyCase()) {
            case INBOUND_MESSAGE -> message(at, "in", event.getInboundMessage());
            case OUTBOUND_MESSAGE -> message(at, "out", event.getOutboundMessage());
            case INBOUND_CONNECTION -> opened(at, event.getInboundConnection());
            case OUTBOUND_CONNECTION -> opened(at, event.getOutboundConnection());
            case CLOSED_CONNECTION -> ended(at, "closed", event.getClosedConnection());
            case EVICTED_INBOUND_CONNECTION -> ended(at, "evicted", event.getEvictedInboundConnection());
            case MISBEHAVING_CONNECTION -> new Line(at, NET, event.getMisbehavingConnection().getPeerId(), "", "misbehaving", 0,
                    SafeText.of(event.getMisbehavingConnection().getReason(), ConsoleLimits.TEXT));
            case BLOCK_CONNECTED -> new Line(at, NET, -1, "", "connected", 0, "block " + event.getBlockConnected().getHeight() + ", "
                    + event.getBlockConnected().getTransactions() + " transactions");
            default -> null;
        };
    }

    private static Line message(long at, String direction, Message message) {
        Peer peer = message.getPeer();
        return new Line(at, direction, peer.getId(), SafeText.of(peer.getAddress(), ConsoleLimits.TEXT), SafeText.of(message.getType(), 24),
                message.getSizeBytes(), MessageText.of(message));
    }

    private static Line opened(long at, OpenedConnection opened) {
        Peer peer = opened.getPeer();
        return new Line(at, NET, peer.getId(), SafeText.of(peer.getAddress(), ConsoleLimits.TEXT), "opened", 0,
                EnumNames.of(peer.getConnectionType()) + ", " + opened.getConnections() + " of that direction");
    }

    private static Line ended(long at, String how, EndedConnection ended) {
        Peer peer = ended.getPeer();
        long lastedS = Math.max(0, at / 1_000_000 - ended.getConnectedAtS());
        return new Line(at, NET, peer.getId(), SafeText.of(peer.getAddress(), ConsoleLimits.TEXT), how, 0,
                EnumNames.of(peer.getConnectionType()) + " after " + lastedS + " s");
    }
}
