package org.bitcoinwatchdog.deploy.console.model;

import java.util.Locale;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.PeerNetwork;
import org.bitcoinwatchdog.events.Undecodable;

/** The contract's enums as people write them: outbound-full-relay, ipv4, too short. */
final class EnumNames {
    private EnumNames() {
    }

    static String of(ConnectionType type) {
        return lower(type.name(), "CONNECTION_TYPE_").replace('_', '-');
    }

    static String of(PeerNetwork network) {
        return lower(network.name(), "PEER_NETWORK_");
    }

    static String of(Undecodable reason) {
        return lower(reason.name(), "UNDECODABLE_").replace('_', ' ');
    }

    private static String lower(String name, String prefix) {
        return (name.startsWith(prefix) ? name.substring(prefix.length()) : name).toLowerCase(Locale.ROOT);
    }
}
