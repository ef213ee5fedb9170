package org.bitcoinwatchdog.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BitcoinOptionsTest {
    @Test
    void theChainIsReadFromEachFormOfItsArgument() {
        assertThat(ofArguments("-regtest").chain()).contains("regtest");
        assertThat(ofArguments("--signet=1").chain()).contains("signet");
        assertThat(ofArguments("-testnet").chain()).contains("test");
        assertThat(ofArguments("-chain=testnet4").chain()).contains("testnet4");
        assertThat(ofArguments("-regtest=0").chain()).isEmpty();
        assertThat(ofArguments("-server").chain()).isEmpty();
    }

    @Test
    void theLastValueOfAnArgumentCounts() {
        assertThat(ofArguments("-datadir=/one", "-datadir=/two").value("datadir")).contains("/two");
    }

    @Test
    void aFilesSectionsDoNotChooseTheChain() {
        assertThat(BitcoinOptions.ofFile("# a comment\nsignet = 1 # another\r\n[main]\nregtest=1").chain())
                .contains("signet");
        assertThat(BitcoinOptions.ofFile("[regtest]\nchain=regtest").chain()).isEmpty();
        assertThat(BitcoinOptions.ofFile("datadir=\nnonsense\n").value("datadir")).isEmpty();
    }

    @Test
    void aSignetWithItsOwnChallengeIsANetworkOfItsOwn() {
        BitcoinOptions nothing = BitcoinOptions.ofFile("");
        BitcoinOptions file = BitcoinOptions.ofFile("signet=1\n[signet]\nsignetchallenge=51");

        assertThat(BitcoinOptions.network(ofArguments("-signet", "-signetchallenge=51"), nothing)).hasToString("signet_54d26fbd");
        assertThat(BitcoinOptions.network(ofArguments(), file)).hasToString("signet_54d26fbd");
        assertThat(BitcoinOptions.network(ofArguments("-signetchallenge=52"), file)).isNotEqualTo(
                BitcoinOptions.network(ofArguments(), file));
        assertThat(BitcoinOptions.network(ofArguments("-chain=signet"), nothing)).hasToString("signet");
        assertThat(BitcoinOptions.network(ofArguments("-nosignetchallenge"), file)).hasToString("signet");
        assertThat(BitcoinOptions.network(ofArguments("-regtest"), file)).hasToString("regtest");
    }

    @Test
    void whatBitcoindWouldRefuseIsTakenForItsDefault() {
        BitcoinOptions nothing = BitcoinOptions.ofFile("");

        assertThat(BitcoinOptions.network(ofArguments("-signet", "-signetchallenge=5g"), nothing)).hasToString("signet");
        assertThat(BitcoinOptions.network(ofArguments("-chain=../x"), nothing)).hasToString("main");
        assertThat(BitcoinOptions.network(ofArguments("-chain=signet_54d26fbd"), nothing)).hasToString("main");
    }

    private static BitcoinOptions ofArguments(String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of("bitcoind"));
        all.addAll(List.of(arguments));
        return BitcoinOptions.ofArguments(all);
    }
}
