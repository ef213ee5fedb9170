package org.bitcoinwatchdog.deploy.console.model;

import org.bitcoinwatchdog.deploy.console.model.PeersView.PeerView;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.MessageTypes;
import org.bitcoinwatchdog.events.NodeSoftware;
import org.bitcoinwatchdog.events.Peer;
import org.bitcoinwatchdog.events.PeerNetwork;
import org.bitcoinwatchdog.events.SafeText;

/** A peer that is connected, as far as the console has seen it. */
final class ConnectedPeer {
    private final long id;
    private final String address;
    private final AddressGroup netgroup;
    private final String as;
    private final ConnectionType connectionType;
    private final String connectionTypeName;
    private String network;
    private String userAgent = "";
    private String lastType = "";
    private long connectedNs;
    private long lastNs;
    private long received;
    private long sent;
    private long receivedBytes;
    private long sentBytes;
    private long addressEntries;
    private boolean misbehaving;

    ConnectedPeer(Peer peer, AutonomousSystems systems) {
        id = peer.getId();
        address = SafeText.of(peer.getAddress(), ConsoleLimits.TEXT);
        netgroup = AddressGroup.ofText(peer.getAddress());
        as = systems.ofText(peer.getAddress());
        network = netgroup.network();
        connectionType = peer.getConnectionType();
        connectionTypeName = SafeText.of(connectionType == ConnectionType.CONNECTION_TYPE_UNSPECIFIED
                || connectionType == ConnectionType.UNRECOGNIZED ? peer.getOtherConnectionType() : EnumNames.of(connectionType), ConsoleLimits.TEXT);
    }

    void opened(PeerNetwork openedNetwork, long timeNs) {
        connectedNs = timeNs;
        lastNs = timeNs;
        // bitcoind calls local addresses unroutable; the console shows them separately.
        if (!network.equals("local") && openedNetwork != PeerNetwork.PEER_NETWORK_UNSPECIFIED) {
            network = EnumNames.of(openedNetwork);
        }
    }

    void message(Message message, boolean isReceived, long timeNs) {
        lastNs = timeNs;
        lastType = MessageTypes.known(message.getType());
        if (!isReceived) {
            sent++;
            sentBytes += message.getSizeBytes();
            return;
        }
        received++;
        receivedBytes += message.getSizeBytes();
        if (message.hasVersion()) {
            userAgent = SafeText.of(message.getVersion().getUserAgent(), ConsoleLimits.TEXT);
        } else if (message.hasAddresses()) {
            addressEntries += message.getAddresses().getCount();
        }
    }

    void misbehaved() {
        misbehaving = true;
    }

    boolean inbound() {
        return connectionType == ConnectionType.CONNECTION_TYPE_INBOUND;
    }

    long lastNs() {
        return lastNs;
    }

    String network() {
        return network;
    }

    AddressGroup netgroup() {
        return netgroup;
    }

    /** Null where there is no asmap. */
    String as() {
        return as;
    }

    String connectionTypeName() {
        return connectionTypeName;
    }

    PeerView view() {
        return new PeerView(id, address, netgroup.name(), as, network, inbound(), connectionTypeName, userAgent, NodeSoftware.of(userAgent).implementation(),
                connectedNs / 1_000_000, lastNs / 1_000_000, lastType, received, sent, receivedBytes, sentBytes, addressEntries,
                misbehaving);
    }
}
