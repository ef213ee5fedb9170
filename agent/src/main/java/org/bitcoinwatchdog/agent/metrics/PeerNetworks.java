package org.bitcoinwatchdog.agent.metrics;

import org.bitcoinwatchdog.events.PeerNetwork;

/** The networks by which peers are reached, under Bitcoin Core's names (netbase.cpp, GetNetworkName). */
final class PeerNetworks {
    static final String UNKNOWN = "unknown";

    private PeerNetworks() {
    }

    static String name(PeerNetwork network) {
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

    /** Of a peer that was connected before the agent came: whether an IP address is routable is not asked here. */
    static String ofAddress(String address) {
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
