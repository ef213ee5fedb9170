package org.bitcoinwatchdog.detectors.network;

import com.google.protobuf.ByteString;
import org.bitcoinwatchdog.events.AddressNetwork;
import org.bitcoinwatchdog.events.NetworkAddress;

/**
 * An address of the P2P network, classified as in Bitcoin Core (netaddress.cpp).
 *
 * @param bytes 4 of IPv4, 16 of IPv6 and CJDNS, 32 of Tor v3 and I2P
 */
public record NetAddress(AddressNetwork network, ByteString bytes) {
    private static final int[] RFC6052 = {0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final int[] RFC6145 = {0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0};
    private static final int[] IPV4_MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

    public NetAddress {
        if (network == AddressNetwork.ADDRESS_NETWORK_IPV6 && bytes.size() == 16 && startsWith(bytes, IPV4_MAPPED)) {
            network = AddressNetwork.ADDRESS_NETWORK_IPV4;
            bytes = bytes.substring(12);
        }
    }

    public static NetAddress of(NetworkAddress address) {
        return new NetAddress(address.getNetwork(), address.getAddress());
    }

    /** CNetAddr::IsRoutable: whether the address can be reached over the Internet, Tor, I2P or CJDNS. */
    public boolean routable() {
        return switch (network) {
            case ADDRESS_NETWORK_IPV4 -> bytes.size() == 4 && routableIpv4();
            case ADDRESS_NETWORK_IPV6 -> bytes.size() == 16 && routableIpv6();
            case ADDRESS_NETWORK_CJDNS -> bytes.size() == 16 && at(0) == 0xfc;
            case ADDRESS_NETWORK_TORV3, ADDRESS_NETWORK_I2P -> bytes.size() == 32;
            default -> false;
        };
    }

    /**
     * CNetAddr::GetLinkedIPv4: the IPv4 address that this one is or carries (translated, 6to4, Teredo), or null.
     * Only for a {@link #routable} one.
     */
    ByteString linkedIpv4() {
        if (network == AddressNetwork.ADDRESS_NETWORK_IPV4) {
            return bytes;
        }
        if (network != AddressNetwork.ADDRESS_NETWORK_IPV6) {
            return null;
        }
        if (startsWith(bytes, RFC6052) || startsWith(bytes, RFC6145)) {
            return bytes.substring(12);
        }
        if (at(0) == 0x20 && at(1) == 0x02) {
            return bytes.substring(2, 6); // RFC 3964, 6to4
        }
        if (at(0) == 0x20 && at(1) == 0x01 && at(2) == 0 && at(3) == 0) {
            byte[] inverted = new byte[4]; // RFC 4380, Teredo
            for (int i = 0; i < 4; i++) {
                inverted[i] = (byte) ~bytes.byteAt(12 + i);
            }
            return ByteString.copyFrom(inverted);
        }
        return null;
    }

    int at(int index) {
        return bytes.byteAt(index) & 0xff;
    }

    private boolean routableIpv4() {
        int a = at(0);
        int b = at(1);
        int c = at(2);
        boolean local = a == 0 || a == 127;
        boolean rfc1918 = a == 10 || a == 192 && b == 168 || a == 172 && b >= 16 && b <= 31;
        boolean rfc2544 = a == 198 && (b == 18 || b == 19);
        boolean rfc3927 = a == 169 && b == 254;
        boolean rfc6598 = a == 100 && b >= 64 && b <= 127;
        boolean rfc5737 = a == 192 && b == 0 && c == 2 || a == 198 && b == 51 && c == 100 || a == 203 && b == 0 && c == 113;
        boolean none = a == 255 && b == 255 && c == 255 && at(3) == 255;
        return !(local || rfc1918 || rfc2544 || rfc3927 || rfc6598 || rfc5737 || none);
    }

    private boolean routableIpv6() {
        boolean rfc3849 = prefix32() == 0x20010db8;
        boolean rfc4862 = at(0) == 0xfe && at(1) == 0x80 && zeros(2, 8);
        boolean rfc4193 = (at(0) & 0xfe) == 0xfc;
        boolean rfc4843 = (prefix32() & 0xfffffff0) == 0x20010010;
        boolean rfc7343 = (prefix32() & 0xfffffff0) == 0x20010020;
        boolean unspecifiedOrLoopback = zeros(0, 15) && at(15) <= 1;
        return !(rfc3849 || rfc4862 || rfc4193 || rfc4843 || rfc7343 || unspecifiedOrLoopback);
    }

    int prefix32() {
        return at(0) << 24 | at(1) << 16 | at(2) << 8 | at(3);
    }

    private boolean zeros(int from, int to) {
        for (int i = from; i < to; i++) {
            if (at(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWith(ByteString bytes, int[] prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes.byteAt(i) & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
