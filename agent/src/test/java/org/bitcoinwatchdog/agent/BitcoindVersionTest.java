package org.bitcoinwatchdog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Version;
import org.junit.jupiter.api.Test;

class BitcoindVersionTest {
    private final BitcoindVersion version = new BitcoindVersion();

    @Test
    void isLearnedFromWhatTheNodeTellsItsPeers() {
        assertThat(version.text()).isEmpty();
        version.learnFrom(NodeEvent.newBuilder().setOutboundMessage(told("/Satoshi:31.0.0(home)/")));
        assertThat(version.text()).isEqualTo("v31.0.0");
    }

    @Test
    void whatPeersTellIsNotTheNodes() {
        version.learnFrom(NodeEvent.newBuilder().setInboundMessage(told("/Satoshi:0.8.6/")));
        assertThat(version.text()).isEmpty();
    }

    @Test
    void anotherUserAgentLeavesItUnknown() {
        version.learnFrom(NodeEvent.newBuilder().setOutboundMessage(told("/Other:1.2.3/")));
        assertThat(version.text()).isEmpty();
    }

    private static Message.Builder told(String userAgent) {
        return Message.newBuilder().setType("version").setVersion(Version.newBuilder().setUserAgent(userAgent));
    }
}
