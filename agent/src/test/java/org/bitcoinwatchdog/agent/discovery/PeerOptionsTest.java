package org.bitcoinwatchdog.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.events.NodeOptions;
import org.junit.jupiter.api.Test;

class PeerOptionsTest {
    @Test
    void anAsmapIsFoundInArgumentsAndFiles() {
        assertThat(main("").getAsmap()).isFalse();
        assertThat(main("", "-asmap").getAsmap()).isTrue();
        assertThat(main("", "-asmap=/maps/ip_asn.map").getAsmap()).isTrue();
        assertThat(main("asmap=ip_asn.map").getAsmap()).isTrue();
        assertThat(main("asmap=ip_asn.map", "-noasmap").getAsmap()).isFalse();
        assertThat(of("test", "asmap=1").getAsmap()).isTrue();
    }

    @Test
    void connectAndNoconnectEndAutomaticConnections() {
        assertThat(main("", "-connect=192.0.2.1").getNoAutomaticOutbound()).isTrue();
        assertThat(main("", "-noconnect").getNoAutomaticOutbound()).isTrue();
        assertThat(main("connect=192.0.2.1").getNoAutomaticOutbound()).isTrue();
        assertThat(main("addnode=192.0.2.1").getNoAutomaticOutbound()).isFalse();
    }

    @Test
    void connectOfAnotherChainIsNotThisOnes() {
        assertThat(of("signet", "connect=192.0.2.1").getNoAutomaticOutbound()).isFalse();
        assertThat(of("signet", "[signet]\nconnect=192.0.2.1").getNoAutomaticOutbound()).isTrue();
        assertThat(main("[signet]\nconnect=192.0.2.1").getNoAutomaticOutbound()).isFalse();
    }

    @Test
    void theLimitOfConnectionsIsLeftOutWhereItIsNoNumber() {
        assertThat(main("maxconnections=8").getMaxConnections()).isEqualTo(8);
        assertThat(main("maxconnections=8", "-maxconnections=40").getMaxConnections()).isEqualTo(40);
        assertThat(main("maxconnections=many").hasMaxConnections()).isFalse();
        assertThat(main("").hasMaxConnections()).isFalse();
    }

    private static NodeOptions main(String file, String... arguments) {
        return of("main", file, arguments);
    }

    private static NodeOptions of(String chain, String file, String... arguments) {
        List<String> all = new ArrayList<>(List.of("bitcoind"));
        all.addAll(List.of(arguments));
        return PeerOptions.of(BitcoinOptions.ofArguments(all), BitcoinOptions.ofFile(file), chain);
    }
}
