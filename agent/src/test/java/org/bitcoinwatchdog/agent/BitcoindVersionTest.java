package org.bitcoinwatchdog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Version;
import org.junit.jupiter.api.Test;

class BitcoindVersionTest {
    private final BitcoindVersion version = new BitcoindVersion();

    @Test
    void isLearnedFromWhatTheNodeSendsToItsPeers() {
        assertThat(version.software().text()).isEmpty();
        version.learnFrom(NodeEvent.newBuilder().setOutboundMessage(sent("/Satoshi:31.0.0(home)/")));
        assertThat(version.software().text()).isEqualTo("v31.0.0");
    }

    @Test
    void aPeersVersionIsNotTheNodes() {
        version.learnFrom(NodeEvent.newBuilder().setInboundMessage(sent("/Satoshi:0.8.6/")));
        assertThat(version.software().text()).isEmpty();
    }

    @Test
    void namesTheImplementationUnlessItIsCore() {
        version.learnFrom(NodeEvent.newBuilder().setOutboundMessage(sent("/Satoshi:29.3.0/Knots:20260508/")));
        assertThat(version.software().text()).isEqualTo("Knots v29.3.0.knots20260508");
        assertThat(version.software().implementation()).isEqualTo("Knots");
    }

    @Test
    void anUnknownImplementationIsItsWholeUserAgent() {
        version.learnFrom(NodeEvent.newBuilder().setOutboundMessage(sent("/Other:1.2.3/")));
        assertThat(version.software().text()).isEqualTo("/Other:1.2.3/");
        assertThat(version.software().implementation()).isEqualTo("other");
    }

    private static Message.Builder sent(String userAgent) {
        return Message.newBuilder().setType("version").setVersion(Version.newBuilder().setUserAgent(userAgent));
    }
}
