package org.bitcoinwatchdog.agent.metrics;

import java.util.Locale;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.PeerNetwork;

/** The labels of a connection, under Bitcoin Core's names (node/connection_types.cpp, and GetNetworkName in netbase.cpp). */
final class ConnectionLabels {
    static final String INBOUND = "inbound";
    static final String OUTBOUND = "outbound";
    private static final String UNKNOWN = "unknown";

    private ConnectionLabels() {
    }

    static String type(ConnectionType type) {
        return switch (type) {
            case CONNECTION_TYPE_UNSPECIFIED, UNRECOGNIZED -> KnownWords.OTHER;
            default -> type.name().substring("CONNECTION_TYPE_".length()).toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }

    static String direction(ConnectionType type) {
        return type == ConnectionType.CONNECTION_TYPE_INBOUND ? INBOUND : OUTBOUND;
    }

    static String network(PeerNetwork network) {
        return switch (network) {
            case PEER_NETWORK_UNROUTABLE -> "not_publicly_routable";
            case PEER_NETWORK_IPV4 -> "ipv4";
            case PEER_NETWORK_IPV6 -> "ipv6";
            case PEER_NETWORK_ONION -> "onion";
            case PEER_NETWORK_I2P -> "i2p";
            case PEER_NETWORK_CJDNS -> "cjdns";
            case PEER_NETWORK_INTERNAL -> "internal";
            default -> UNKNOWN;
        };
    }

    /**
     * The network of a peer that was connected before the agent attached. It does not test whether an IP address is
     * routable.
     */
    static String networkOf(String address) {
        if (address.contains(".onion")) {
            return "onion";
        }
        if (address.contains(".i2p")) {
            return "i2p";
        }
        if (address.startsWith("[fc")) {
            return "cjdns";
        }
        if (address.startsWith("[")) {
            return "ipv6";
        }
        return address.isEmpty() || !Character.isDigit(address.charAt(0)) ? UNKNOWN : "ipv4";
    }
}
