package org.bitcoinwatchdog.detectors.network;

import com.google.protobuf.ByteString;
import java.util.Locale;
import java.util.Optional;
import org.bitcoinwatchdog.events.AddressNetwork;

/**
 * Bitcoin Core's group of an address, without asmap (NetGroupManager::GetGroup, netgroup.cpp): /16 of IPv4, /32 of
 * IPv6, /36 of he.net, 4 bits of Tor and I2P, 12 bits of CJDNS.
 *
 * @param network IPv4 also for addresses that carry one
 * @param name    for people: {@code 198.51.0.0/16}, {@code 2001:db8::/32}, {@code onion 0x5/4}
 */
public record Netgroup(AddressNetwork network, String name) {
    private static final int HE_NET = 0x20010470;

    /**
     * Empty for an unroutable address. Core puts all of them into one group; here they are not evidence. A peer at
     * 127.0.0.1 or in a private network is a Tor daemon, a proxy, the operator or a functional test, and does not show
     * who holds the slots.
     */
    public static Optional<Netgroup> of(NetAddress address) {
        if (!address.routable()) {
            return Optional.empty();
        }
        ByteString ipv4 = address.linkedIpv4();
        if (ipv4 != null) {
            String name = (ipv4.byteAt(0) & 0xff) + "." + (ipv4.byteAt(1) & 0xff) + ".0.0/16";
            return Optional.of(new Netgroup(AddressNetwork.ADDRESS_NETWORK_IPV4, name));
        }
        return Optional.of(new Netgroup(address.network(), switch (address.network()) {
            case ADDRESS_NETWORK_TORV3 -> "onion " + fourBits(address);
            case ADDRESS_NETWORK_I2P -> "i2p " + fourBits(address);
            case ADDRESS_NETWORK_CJDNS -> String.format(Locale.ROOT, "fc%x0::/12", address.at(1) >> 4);
            default -> ipv6(address);
        }));
    }

    /** Whether Core keeps its outbound peers in different groups of this network (ThreadOpenConnections, net.cpp). */
    public boolean keptApart() {
        return network == AddressNetwork.ADDRESS_NETWORK_IPV4 || network == AddressNetwork.ADDRESS_NETWORK_IPV6;
    }

    private static String fourBits(NetAddress address) {
        return String.format(Locale.ROOT, "0x%x/4", address.at(0) >> 4);
    }

    private static String ipv6(NetAddress address) {
        String prefix = String.format(Locale.ROOT, "%x:%x", address.prefix32() >>> 16, address.prefix32() & 0xffff);
        return address.prefix32() == HE_NET
                ? String.format(Locale.ROOT, "%s:%x000::/36", prefix, address.at(4) >> 4)
                : prefix + "::/32";
    }
}
