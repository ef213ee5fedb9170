package org.bitcoinwatchdog.alerts.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private final InMemoryDnsResolver names = new InMemoryDnsResolver();

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.2.1", "198.18.0.1", "224.0.0.1",
        "255.255.255.255", "::", "::1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::a00:1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "2002:c0a8:101::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "2001:db8::1"})
    void internalAddressesAreRefused(String address) throws Exception {
        names.add("sink.example", InetAddress.getByName(address));
        assertThatExceptionOfType(AddressGuard.InternalAddressException.class)
                .isThrownBy(() -> new AddressGuard(names, false).resolve("sink.example"))
                .withMessageContaining("allow-private");
        assertThat(new AddressGuard(names, true).resolve("sink.example")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "172.15.255.255", "100.63.255.255", "100.128.0.1", "169.253.1.1",
        "2a01:4f8::1", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1"})
    void publicAddressesAreNot(String address) throws Exception {
        names.add("sink.example", InetAddress.getByName(address));
        assertThat(new AddressGuard(names, false).resolve("sink.example")).hasSize(1);
    }

    @Test
    void oneInternalAddressAmongOthersIsEnough() throws Exception {
        names.add("sink.example", InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1"));
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> new AddressGuard(names, false).resolve("sink.example"));
    }
}
