package org.bitcoinwatchdog.agent.p2p;

import com.google.protobuf.ByteString;
import org.bitcoinwatchdog.agent.p2p.AddressesDecoder.AddressEntries;
import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.AddressNetwork;
import org.bitcoinwatchdog.events.NetworkAddress;

/**
 * Entries of {@code addr}: 30 bytes with an IPv6 address, in which IPv4 and, formerly, Tor v2 are embedded
 * (CNetAddr::SetLegacyIPv6 in Core's netaddress.cpp).
 */
final class LegacyAddressEntries implements AddressEntries {
    private static final int ENTRY_BYTES = 30;
    private static final int IPV6_BYTES = 16;
    private static final ByteString IPV4_IN_IPV6 = prefix(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);
    private static final ByteString TORV2_IN_IPV6 = prefix(0xfd, 0x87, 0xd8, 0x7e, 0xeb, 0x43);

    @Override
    public int leastBytes() {
        return ENTRY_BYTES;
    }

    @Override
    public AddressEntry read(PayloadReader payload) {
        return AddressEntry.newBuilder()
                .setTimeS(payload.int32())
                .setServices(payload.int64())
                .setAddress(address(payload))
                .build();
    }

    /** Address and port, in the format that {@code version} also uses. */
    static NetworkAddress address(PayloadReader payload) {
        ByteString address = payload.bytes(IPV6_BYTES);
        NetworkAddress.Builder decoded = NetworkAddress.newBuilder();
        if (address.startsWith(IPV4_IN_IPV6)) {
            decoded.setNetwork(AddressNetwork.ADDRESS_NETWORK_IPV4).setAddress(address.substring(IPV4_IN_IPV6.size()));
        } else if (address.startsWith(TORV2_IN_IPV6)) {
            decoded.setNetwork(AddressNetwork.ADDRESS_NETWORK_TORV2).setAddress(address.substring(TORV2_IN_IPV6.size()));
        } else {
            decoded.setNetwork(AddressNetwork.ADDRESS_NETWORK_IPV6).setAddress(address);
        }
        return decoded.setPort(payload.uint16BigEndian()).build();
    }

    private static ByteString prefix(int... bytes) {
        ByteString.Output out = ByteString.newOutput(bytes.length);
        for (int b : bytes) {
            out.write(b);
        }
        return out.toByteString();
    }
}
