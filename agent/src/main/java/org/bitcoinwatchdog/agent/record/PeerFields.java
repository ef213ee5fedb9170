package org.bitcoinwatchdog.agent.record;

import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.Peer;
import org.bitcoinwatchdog.events.PeerNetwork;

/** Converts Bitcoin Core's description of a peer to the event's fields. */
final class PeerFields {
    private PeerFields() {
    }

    static Peer of(long id, String address, String connectionType) {
        ConnectionType type = connectionType(connectionType);
        Peer.Builder peer = Peer.newBuilder().setId(id).setAddress(address).setConnectionType(type);
        if (type == ConnectionType.CONNECTION_TYPE_UNSPECIFIED) {
            peer.setOtherConnectionType(connectionType);
        }
        return peer.build();
    }

    /** The spellings of ConnectionTypeAsString in Core's node/connection_types.cpp. */
    private static ConnectionType connectionType(String spelling) {
        return switch (spelling) {
            case "inbound" -> ConnectionType.CONNECTION_TYPE_INBOUND;
            case "manual" -> ConnectionType.CONNECTION_TYPE_MANUAL;
            case "feeler" -> ConnectionType.CONNECTION_TYPE_FEELER;
            case "outbound-full-relay" -> ConnectionType.CONNECTION_TYPE_OUTBOUND_FULL_RELAY;
            case "block-relay-only" -> ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY;
            case "addr-fetch" -> ConnectionType.CONNECTION_TYPE_ADDR_FETCH;
            case "private-broadcast" -> ConnectionType.CONNECTION_TYPE_PRIVATE_BROADCAST;
            default -> ConnectionType.CONNECTION_TYPE_UNSPECIFIED;
        };
    }

    /** Core's {@code enum Network} (netaddress.h), which the tracepoints pass as a number. */
    static PeerNetwork network(int number) {
        return switch (number) {
            case 0 -> PeerNetwork.PEER_NETWORK_UNROUTABLE;
            case 1 -> PeerNetwork.PEER_NETWORK_IPV4;
            case 2 -> PeerNetwork.PEER_NETWORK_IPV6;
            case 3 -> PeerNetwork.PEER_NETWORK_ONION;
            case 4 -> PeerNetwork.PEER_NETWORK_I2P;
            case 5 -> PeerNetwork.PEER_NETWORK_CJDNS;
            case 6 -> PeerNetwork.PEER_NETWORK_INTERNAL;
            default -> PeerNetwork.PEER_NETWORK_UNSPECIFIED;
        };
    }
}
