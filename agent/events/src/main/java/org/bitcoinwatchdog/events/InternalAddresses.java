package org.bitcoinwatchdog.events;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * The addresses that are not on the public Internet, from the special-purpose registries of IANA (RFC 6890 and its
 * updates). Cloud providers' metadata services are among them: 169.254.169.254, fd00:ec2::254, 100.100.100.200.
 */
public final class InternalAddresses {
    private record Range(byte[] network, int bits) {
        boolean contains(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Range> INTERNAL = ranges(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "fc00::/7", "fe80::/10", "fec0::/10",
            "ff00::/8");
    /** NAT64 and 6to4: an IPv4 address stands in them, from that byte on. */
    private static final Range NAT64 = range("64:ff9b::/96");
    private static final int NAT64_BYTE = 12;
    private static final Range SIX_TO_FOUR = range("2002::/16");
    private static final int SIX_TO_FOUR_BYTE = 2;

    private InternalAddresses() {
    }

    public static boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (NAT64.contains(bytes)) {
            return contains(embedded(bytes, NAT64_BYTE));
        }
        if (SIX_TO_FOUR.contains(bytes)) {
            return contains(embedded(bytes, SIX_TO_FOUR_BYTE));
        }
        return INTERNAL.stream().anyMatch(range -> range.contains(bytes));
    }

    private static InetAddress embedded(byte[] bytes, int from) {
        try {
            return Inet4Address.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an IPv4 address", e);
        }
    }

    private static List<Range> ranges(String... texts) {
        return Arrays.stream(texts).map(InternalAddresses::range).toList();
    }

    private static Range range(String text) {
        String[] parts = text.split("/");
        try {
            return new Range(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("literal addresses need no resolution", e);
        }
    }
}
