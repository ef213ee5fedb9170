package org.bitcoinwatchdog.agent.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.HexFormat;
import org.bitcoinwatchdog.agent.recording.Received;
import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.AddressNetwork;
import org.bitcoinwatchdog.events.Addresses;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NetworkAddress;
import org.bitcoinwatchdog.events.Undecodable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesDecoderTest {
    @ParameterizedTest
    @CsvSource({
        "00000000000000000000ffffcb007107, ADDRESS_NETWORK_IPV4,  cb007107",
        "20010db8000000000000000000000001, ADDRESS_NETWORK_IPV6,  20010db8000000000000000000000001",
        "fd87d87eeb43f1f2f3f4f5f6f7f8f9fa, ADDRESS_NETWORK_TORV2, f1f2f3f4f5f6f7f8f9fa",
        "fd6b88c087240102030405060708090a, ADDRESS_NETWORK_IPV6,  fd6b88c087240102030405060708090a",
        "fc000000000000000000000000000001, ADDRESS_NETWORK_IPV6,  fc000000000000000000000000000001"})
    void readsAddressesEmbeddedInIpv6(String wire, AddressNetwork network, String address) {
        Addresses addresses = Received.whole("addr",
                new WireBytes().compact(1).int32(4_000_000_000L).int64(1033).hex(wire).uint16BigEndian(8333)).getAddresses();
        assertThat(addresses.getCount()).isEqualTo(1);
        assertThat(addresses.getEntriesList()).containsExactly(AddressEntry.newBuilder()
                .setTimeS((int) 4_000_000_000L).setServices(1033).setAddress(address(network, address)).build());
    }

    @ParameterizedTest
    @CsvSource({
        "1, ADDRESS_NETWORK_IPV4,  4",
        "2, ADDRESS_NETWORK_IPV6,  16",
        "4, ADDRESS_NETWORK_TORV3, 32",
        "5, ADDRESS_NETWORK_I2P,   32",
        "6, ADDRESS_NETWORK_CJDNS, 16"})
    void readsEveryNetworkThatCoreKnowsAndOnlyWithItsLength(int number, AddressNetwork network, int length) {
        for (int given = 0; given <= 64; given++) {
            Message message = Received.whole("addrv2", new WireBytes().compact(1).hex(entry(number, given)));
            if (given == length) {
                assertThat(message.getAddresses().getEntries(0).getAddress()).isEqualTo(address(network, "ab".repeat(length)));
            } else {
                assertThat(message.getUndecodable()).isEqualTo(Undecodable.UNDECODABLE_BAD_VALUE);
            }
        }
    }

    @Test
    void passesOverNetworksThatCoreDoesNotKnowAndCountsThem() {
        Addresses addresses = Received.whole("addrv2", new WireBytes().compact(5)
                .hex(entry(0xab, 512)).hex(entry(0, 0)).hex(entry(3, 10)).hex(entry(3, 11)).hex(entry(1, 4))).getAddresses();
        assertThat(addresses.getEntriesList()).extracting(AddressEntry::getAddress).containsExactly(
                NetworkAddress.newBuilder().setOtherNetwork(0xab).setPort(8333).build(),
                NetworkAddress.newBuilder().setPort(8333).build(),
                address(AddressNetwork.ADDRESS_NETWORK_TORV2, "ab".repeat(10)),
                address(AddressNetwork.ADDRESS_NETWORK_TORV2, ""),
                address(AddressNetwork.ADDRESS_NETWORK_IPV4, "abababab"));
    }

    @Test
    void refusesAnAddressOfMoreThan512Bytes() {
        assertThat(Received.whole("addrv2", new WireBytes().compact(1).hex(entry(0xab, 513))).getUndecodable())
                .isEqualTo(Undecodable.UNDECODABLE_TOO_MANY);
    }

    @Test
    void leavesAddressesEmbeddedInIpv6OfAddrv2AsTheyAre() {
        String embedded = "00000000000000000000ffffcb007107";
        Addresses addresses = Received.whole("addrv2", new WireBytes().compact(1)
                .int32(1).compact(1).uint8(2).compact(16).hex(embedded).uint16BigEndian(8333)).getAddresses();
        assertThat(addresses.getEntries(0).getAddress()).isEqualTo(address(AddressNetwork.ADDRESS_NETWORK_IPV6, embedded));
    }

    @Test
    void takesAThousandEntriesAndNoMore() {
        assertThat(Received.whole("addr", legacy(1_000)).getAddresses().getEntriesCount()).isEqualTo(1_000);
        assertThat(Received.whole("addr", legacy(1_001)).getUndecodable()).isEqualTo(Undecodable.UNDECODABLE_TOO_MANY);
    }

    @Test
    void keepsTheEntriesBeforeTheCaptureWasCut() {
        byte[] whole = legacy(20).toBytes();
        Message message = Received.cut("addr", Arrays.copyOf(whole, 1 + 30 * 7 + 29), whole.length);
        assertThat(message.getUndecodable()).isEqualTo(Undecodable.UNDECODABLE_UNSPECIFIED);
        assertThat(message.getAddresses().getCount()).isEqualTo(20);
        assertThat(message.getAddresses().getEntriesCount()).isEqualTo(7);
    }

    private static WireBytes legacy(int entries) {
        WireBytes payload = new WireBytes().compact(entries);
        for (int i = 0; i < entries; i++) {
            payload.repeat(i, 30);
        }
        return payload;
    }

    private static String entry(int network, int length) {
        return HexFormat.of().formatHex(new WireBytes().int32(1).compact(1033).uint8(network).compact(length)
                .repeat(0xab, length).uint16BigEndian(8333).toBytes());
    }

    private static NetworkAddress address(AddressNetwork network, String hex) {
        return NetworkAddress.newBuilder().setNetwork(network)
                .setAddress(ByteString.copyFrom(HexFormat.of().parseHex(hex))).setPort(8333).build();
    }
}
