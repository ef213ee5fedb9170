package org.bitcoinwatchdog.deploy.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressGroupTest {
    @ParameterizedTest
    @CsvSource({
        "198.41.7.9:8333, ipv4, 198.41.0.0/16", "[2a01:4f8::1]:8333, ipv6, 2a01:4f8::/32", "127.0.0.1:1, local, local",
        "[::1]:1, local, local", "10.1.2.3:1, unroutable, unroutable", "seed.example.org:8333, name, host name",
        "'', name, host name", "[[[, name, host name", "[2002:c629:709::1]:1, ipv4, 198.41.0.0/16"
    })
    void putsAnAddressWhereTheDetectorsDo(String address, String network, String name) {
        AddressGroup group = AddressGroup.ofText(address);

        assertThat(group.network()).isEqualTo(network);
        assertThat(group.name()).isEqualTo(name);
        assertThat(group.slash16()).isEqualTo(network.equals("ipv4") ? 198 << 8 | 41 : -1);
    }
}
