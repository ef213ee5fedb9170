package org.bitcoinwatchdog.agent.p2p;

import org.bitcoinwatchdog.agent.p2p.AddressesDecoder.AddressEntries;
import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.AddressNetwork;
import org.bitcoinwatchdog.events.NetworkAddress;
import org.bitcoinwatchdog.events.Undecodable;

/**
 * Entries of {@code addrv2} (BIP 155), as CNetAddr::UnserializeV2Stream in Core's netaddress.h reads them. An address
 * of a known network must have its length. An address of an unknown network may have up to 512 bytes, and is skipped.
 */
final class Bip155AddressEntries implements AddressEntries {
    /** Time, services in one byte, network, length 0 without an address, port. */
    private static final int LEAST_BYTES = 9;
    /** MAX_ADDRV2_SIZE in Core's netaddress.h. */
    private static final int MAX_ADDRESS_BYTES = 512;
    private static final int TORV2_BYTES = 10;
    private static final int YGGDRASIL_BYTES = 16;

    @Override
    public int leastBytes() {
        return LEAST_BYTES;
    }

    @Override
    public AddressEntry read(PayloadReader payload) {
        return AddressEntry.newBuilder()
                .setTimeS(payload.int32())
                .setServices(payload.compactNumber())
                .setAddress(address(payload))
                .build();
    }

    private static NetworkAddress address(PayloadReader payload) {
        int number = payload.uint8();
        int length = payload.count(MAX_ADDRESS_BYTES);
        NetworkAddress.Builder address = NetworkAddress.newBuilder();
        switch (number) {
            case 1 -> known(payload, address, AddressNetwork.ADDRESS_NETWORK_IPV4, length, 4);
            case 2 -> known(payload, address, AddressNetwork.ADDRESS_NETWORK_IPV6, length, 16);
            case 3 -> passedOver(payload, address, AddressNetwork.ADDRESS_NETWORK_TORV2, length, TORV2_BYTES);
            case 4 -> known(payload, address, AddressNetwork.ADDRESS_NETWORK_TORV3, length, 32);
            case 5 -> known(payload, address, AddressNetwork.ADDRESS_NETWORK_I2P, length, 32);
            case 6 -> known(payload, address, AddressNetwork.ADDRESS_NETWORK_CJDNS, length, 16);
            case 7 -> passedOver(payload, address, AddressNetwork.ADDRESS_NETWORK_YGGDRASIL, length, YGGDRASIL_BYTES);
            default -> {
                address.setOtherNetwork(number);
                payload.skip(length);
            }
        }
        return address.setPort(payload.uint16BigEndian()).build();
    }

    private static void known(
            PayloadReader payload, NetworkAddress.Builder address, AddressNetwork network, int length, int expected) {
        if (length != expected) {
            payload.fail(Undecodable.UNDECODABLE_BAD_VALUE);
        }
        address.setNetwork(network).setAddress(payload.bytes(expected));
    }

    /** Core ignores addresses of this network, whatever their length. An investigator may still want to see them. */
    private static void passedOver(
            PayloadReader payload, NetworkAddress.Builder address, AddressNetwork network, int length, int expected) {
        address.setNetwork(network);
        if (length == expected) {
            address.setAddress(payload.bytes(expected));
        } else {
            payload.skip(length);
        }
    }
}
