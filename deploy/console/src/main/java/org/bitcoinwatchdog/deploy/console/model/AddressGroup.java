package org.bitcoinwatchdog.deploy.console.model;

import java.util.Optional;
import org.bitcoinwatchdog.detectors.network.AddressText;
import org.bitcoinwatchdog.detectors.network.NetAddress;
import org.bitcoinwatchdog.detectors.network.Netgroup;
import org.bitcoinwatchdog.events.AddressNetwork;
import org.bitcoinwatchdog.events.NetworkAddress;

/**
 * The group of an address: the detectors' netgroup, or a name for addresses without one, so that each is counted.
 *
 * @param network ipv4, ipv6, onion, i2p, cjdns, local, unroutable or name
 * @param name    for people: 198.51.0.0/16, unroutable, host name
 * @param slash16 the first two bytes of an IPv4 group, -1 for all else
 */
record AddressGroup(String network, String name, int slash16) {
    private static final AddressGroup LOCAL = new AddressGroup("local", "local", -1);
    private static final AddressGroup UNROUTABLE = new AddressGroup("unroutable", "unroutable", -1);
    private static final AddressGroup NAME = new AddressGroup("name", "host name", -1);

    /** @param address as bitcoind writes it: 203.0.113.7:8333, [2001:db8::1]:8333, xyz.onion:8333, a host name */
    static AddressGroup ofText(String address) {
        return AddressText.parse(address).map(AddressGroup::of).orElse(NAME);
    }

    static AddressGroup of(NetworkAddress address) {
        return of(NetAddress.of(address));
    }

    private static AddressGroup of(NetAddress address) {
        Optional<Netgroup> group = Netgroup.of(address);
        if (group.isEmpty()) {
            return isLocal(address) ? LOCAL : UNROUTABLE;
        }
        String name = group.get().name();
        return switch (group.get().network()) {
            case ADDRESS_NETWORK_IPV4 -> new AddressGroup("ipv4", name, slash16(name));
            case ADDRESS_NETWORK_IPV6 -> new AddressGroup("ipv6", name, -1);
            case ADDRESS_NETWORK_TORV3 -> new AddressGroup("onion", name, -1);
            case ADDRESS_NETWORK_I2P -> new AddressGroup("i2p", name, -1);
            default -> new AddressGroup("cjdns", name, -1);
        };
    }

    private static boolean isLocal(NetAddress address) {
        boolean ipv4 = address.network() == AddressNetwork.ADDRESS_NETWORK_IPV4 && address.bytes().size() == 4;
        boolean ipv6 = address.network() == AddressNetwork.ADDRESS_NETWORK_IPV6 && address.bytes().size() == 16;
        return ipv4 && (address.bytes().byteAt(0) == 127 || address.bytes().byteAt(0) == 0)
                || ipv6 && address.bytes().toStringUtf8().equals("\0".repeat(15) + "\1");
    }

    /** An IPv6 address that carries an IPv4 one is in that one's group, so the group's name decides, not the address. */
    private static int slash16(String name) {
        int dot = name.indexOf('.');
        return Integer.parseInt(name, 0, dot, 10) << 8 | Integer.parseInt(name, dot + 1, name.indexOf('.', dot + 1), 10);
    }
}
