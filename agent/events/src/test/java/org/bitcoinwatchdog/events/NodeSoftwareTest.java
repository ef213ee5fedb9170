package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSoftwareTest {
    @ParameterizedTest
    @CsvSource({
        "/Satoshi:31.0.0/, Core, 31.0.0, v31.0.0",
        "/Satoshi:27.1.0(comment)/, Core, 27.1.0, v27.1.0",
        "/Satoshi:27.1.0(one; two: three)/, Core, 27.1.0, v27.1.0",
        "/Satoshi:30.99.0/, Core, 30.99.0, v30.99.0",
        "/Satoshi:0.21.1/, Core, 0.21.1, v0.21.1",
        "/Satoshi:29.3.0/Knots:20260508/, Knots, 29.3.0.knots20260508, Knots v29.3.0.knots20260508",
        "/Satoshi:27.1.0(home)/Knots:20240801/, Knots, 27.1.0.knots20240801, Knots v27.1.0.knots20240801",
        "/btcwire:0.5.0/btcd:0.24.2/, btcd, 0.24.2, btcd v0.24.2",
        "/btcwire:0.5.0/btcd:0.23.3(beta)/, btcd, 0.23.3, btcd v0.23.3"})
    void knowsTheUserAgentsOfNodes(String userAgent, String implementation, String version, String text) {
        assertThat(NodeSoftware.of(userAgent)).isEqualTo(new NodeSoftware(implementation, version, text));
        assertThat(NodeSoftware.ofText(text)).isEqualTo(NodeSoftware.of(userAgent));
    }

    @ParameterizedTest
    @CsvSource({
        "/bcoin:2.2.0/, bcoin, 2.2.0",
        "/libbitcoin:3.6.0/, libbitcoin, 3.6.0",
        "/BitcoinUnlimited:1.10.0(EB16; AD12)/, BitcoinUnlimited, 1.10.0",
        "/Satoshi:0.18.1/Bitcoin ABC:0.20/, BitcoinABC, 0.20",
        "/bitcoinj:0.16.2/Bitcoin Wallet:10.0/, bitcoinj, 0.16.2",
        "/Satoshi:29.3.0/Knots:20260508/UASF-BIP110:0.4/, Knots, 29.3.0.knots20260508"})
    void namesTheImplementationAndKeepsTheWholeUserAgentAsText(String userAgent, String implementation, String version) {
        assertThat(NodeSoftware.of(userAgent)).isEqualTo(new NodeSoftware(implementation, version, userAgent));
        assertThat(NodeSoftware.ofText(userAgent)).isEqualTo(NodeSoftware.of(userAgent));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/Satoshi:29.3.0/Other:1/", "/Knots:20260508/", "/Bitcoin Core:25.0/", "/Satoshi:/", "/Satoshi/", "/bcoin2:1/",
        "Satoshi:31.0.0", "/Satoshi:31.0.0", "/Satoshi:31.0.0(/", "/Satoshi:31.0.0()/ /", "//", "/"})
    void takesAnyOtherByItsWholeUserAgent(String userAgent) {
        assertThat(NodeSoftware.of(userAgent)).isEqualTo(new NodeSoftware(NodeSoftware.OTHER, "", userAgent));
    }

    @Test
    void withoutAUserAgentTheImplementationIsUnknown() {
        assertThat(NodeSoftware.of("")).isEqualTo(new NodeSoftware("", "", ""));
    }

    @Test
    void aLongHostileUserAgentCostsLittle() {
        String userAgent = "/" + "a:1(".repeat(64);
        assertThat(NodeSoftware.of(userAgent).version()).isEmpty();
        assertThat(NodeSoftware.of("/Satoshi:1/" + "b:2/".repeat(10_000)).text()).startsWith("/Satoshi:1/b:2/");
    }
}
