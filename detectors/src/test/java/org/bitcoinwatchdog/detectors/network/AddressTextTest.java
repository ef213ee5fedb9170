package org.bitcoinwatchdog.detectors.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.bitcoinwatchdog.events.AddressNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "198.51.99.7:8333, 198.51.0.0/16",
        "[2a01:4f8:c0c::1]:8333, 2a01:4f8::/32",
        "[2001:470:1f0a:12::2]:8333, 2001:470:1000::/36",
        "[::ffff:8.8.8.8]:8333, 8.8.0.0/16",
        "[64:ff9b::8.8.4.4]:8333, 8.8.0.0/16",
        "[2002:808:404::1]:8333, 8.8.0.0/16",
        "[fc32:17ea:e415:c3bf:9808:149d:b5a2:c9aa]:8333, fc30::/12",
        "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion:8333, onion 0x7/4",
        "udhdrtrcetjm5sxzskjyr5ztpeszydbh4dpl3pl4utgqqw2v4jna.b32.i2p:0, i2p 0xa/4",
    })
    void findsTheNetgroupThatCoreWouldTake(String text, String netgroup) {
        assertThat(AddressText.parse(text).flatMap(Netgroup::of).map(Netgroup::name)).contains(netgroup);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "127.0.0.1:8333", "0.1.2.3:1", "10.1.2.3:8333", "172.16.0.1:1", "192.168.1.1:1", "169.254.1.1:1", "100.64.0.1:1",
        "192.0.2.1:1", "198.51.100.1:1", "203.0.113.1:1", "198.18.0.1:1", "255.255.255.255:1", "[::1]:8333", "[::]:8333",
        "[fe80::1]:8333", "[fd12::1]:8333", "[2001:db8::1]:1", "[2001:10::1]:1", "[2001:20::1]:1",
    })
    void unroutableAddressesHaveNone(String text) {
        assertThat(AddressText.parse(text)).isPresent();
        assertThat(AddressText.parse(text).flatMap(Netgroup::of)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ":", "seed.example.org:8333", "1.2.3:8333", "1.2.3.4.5:8333", "1.2.3.256:8333", "1.2.3.-4:8333", "[", "[]:1",
        "[:::]:1", "[1:2:3:4:5:6:7]:1", "[1:2:3:4:5:6:7:8:9]:1", "[1::2::3]:1", "[12345::]:1", "[::1", "abc.onion:8333",
        "1g6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion:8333",
    })
    void whatIsNoAddressIsNone(String text) {
        assertThat(AddressText.parse(text)).isEmpty();
    }

    @Test
    void anAbsurdlyLongTextIsNone() {
        assertThat(AddressText.parse("1".repeat(100_000))).isEmpty();
    }

    @Test
    void ipv4InIpv6IsIpv4() {
        NetAddress address = AddressText.parse("[::ffff:8.8.8.8]:8333").orElseThrow();

        assertThat(address.network()).isEqualTo(AddressNetwork.ADDRESS_NETWORK_IPV4);
        assertThat(address.bytes().toByteArray()).containsExactly(8, 8, 8, 8);
    }
}
