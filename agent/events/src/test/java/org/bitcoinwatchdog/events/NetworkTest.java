package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    /** Of SigNetParams in Core's kernel/chainparams.cpp. */
    private static final String PUBLIC_CHALLENGE =
            "512103ad5e0edad18cb1f0fc0d28a3d4f1f3e445640337489abb10404f2d1e086be43021"
                    + "0359ef5021964fe22d6f8e05b2463c9540ce96883fe3b278760f048f5189f2e6c452ae";

    @ParameterizedTest
    @CsvSource({
        "main, main, true", "test, test, true", "testnet4, testnet4, true", "signet, signet, false",
        "signet_7ec653a5, signet, true", "regtest, regtest, false", "regtest_lab-2, regtest, true"})
    void knowsTheBaseChainAndWhetherTheNameIdentifiesOneChain(String name, String base, boolean identifies) {
        Network network = new Network(name);

        assertThat(network.baseChain().name()).isEqualTo(base);
        assertThat(network.identifiesChain()).isEqualTo(identifies);
        assertThat(Network.baseChainOf(name)).isEqualTo(base);
        assertThat(network).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mainnet", "Main", "testnet", "main_x", "signet_", "signet_7EC653A5", "signet_7ec653a",
        "signet_7ec653a55", "regtest_", "regtest_Lab", "regtest_a b", "regtest_012345678901234567890123456789012", "main\n"})
    void refusesOtherNames(String name) {
        assertThat(Network.parse(name)).isEmpty();
        assertThat(Network.baseChainOf(name)).isEqualTo(name);
        assertThatThrownBy(() -> new Network(name)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown network: use main, test,");
    }

    @ParameterizedTest
    @CsvSource({PUBLIC_CHALLENGE + ", signet", "51, signet_54d26fbd"})
    void namesASignetByItsChallengeAsCoreDoes(String challenge, String name) {
        assertThat(Network.signet(HexFormat.of().parseHex(challenge)).name()).isEqualTo(name);
    }

    @Test
    void namesSignetsWithChallengesOfAnyLength() {
        assertThat(Network.signet(new byte[0]).name()).matches("signet_[0-9a-f]{8}");
        assertThat(Network.signet(new byte[252])).isNotEqualTo(Network.signet(new byte[253]));
        assertThat(Network.signet(new byte[0x1_0000]).baseChain()).isEqualTo(Network.SIGNET);
    }
}
