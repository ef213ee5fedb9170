package org.bitcoinwatchdog.agent.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bitcoinwatchdog.agent.recording.Received;
import org.bitcoinwatchdog.events.AddressNetwork;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.Undecodable;
import org.bitcoinwatchdog.events.Version;
import org.junit.jupiter.api.Test;

class VersionDecoderTest {
    private static final String IPV4 = "00000000000000000000ffffcb007107";

    @Test
    void readsEveryField() {
        Version version = version(mandatory().int64(9).hex(IPV4).uint16BigEndian(18333).int64(-5)
                .compact(16).bytes("/Satoshi:31.0.0/".getBytes(StandardCharsets.UTF_8)).int32(900_000).uint8(0));
        assertThat(version.getProtocolVersion()).isEqualTo(70016);
        assertThat(version.getServices()).isEqualTo(1033);
        assertThat(version.getTimeS()).isEqualTo(1795361549);
        assertThat(version.getReceiver().getNetwork()).isEqualTo(AddressNetwork.ADDRESS_NETWORK_IPV4);
        assertThat(version.getReceiver().getPort()).isEqualTo(8333);
        assertThat(version.getSenderServices()).isEqualTo(9);
        assertThat(version.getSender().getPort()).isEqualTo(18333);
        assertThat(version.getNonce()).isEqualTo(-5);
        assertThat(version.getUserAgent()).isEqualTo("/Satoshi:31.0.0/");
        assertThat(version.getStartHeight()).isEqualTo(900_000);
        assertThat(version.getRelay()).isFalse();
    }

    @Test
    void assumesWhatCoreAssumesForFieldsThatOldPeersLeaveOut() {
        Version version = version(mandatory());
        assertThat(version.hasSender()).isFalse();
        assertThat(version.getStartHeight()).isEqualTo(-1);
        assertThat(version.getRelay()).isTrue();
    }

    @Test
    void endsOnlyBetweenFields() {
        byte[] whole = mandatory().int64(9).hex(IPV4).uint16BigEndian(1).int64(2).compact(1).uint8('x').int32(3).uint8(1).toBytes();
        for (int length = 0; length <= whole.length; length++) {
            Message message = Received.whole("version", Arrays.copyOf(whole, length));
            boolean complete = length == 46 || length == 80 || length == 82 || length == 86 || length == 87;
            assertThat(message.hasVersion()).as("%d bytes", length).isEqualTo(complete);
            assertThat(message.getUndecodable()).isEqualTo(
                    complete ? Undecodable.UNDECODABLE_UNSPECIFIED : Undecodable.UNDECODABLE_TOO_SHORT);
        }
    }

    @Test
    void refusesAUserAgentOfMoreThan256Bytes() {
        assertThat(version(withUserAgent(256)).getUserAgent()).hasSize(256);
        assertThat(Received.whole("version", withUserAgent(257)).getUndecodable())
                .isEqualTo(Undecodable.UNDECODABLE_TOO_MANY);
    }

    @Test
    void cleansTheUserAgent() {
        assertThat(version(mandatory().repeat(0, 34).compact(4).hex("1b5b41ff")).getUserAgent())
                .isEqualTo("\ufffd[A\ufffd");
    }

    private static WireBytes withUserAgent(int length) {
        return mandatory().repeat(0, 34).compact(length).repeat('a', length);
    }

    private static WireBytes mandatory() {
        return new WireBytes().int32(70016).int64(1033).int64(1795361549).int64(1).hex(IPV4).uint16BigEndian(8333);
    }

    private static Version version(WireBytes payload) {
        Message message = Received.whole("version", payload);
        assertThat(message.getUndecodable()).isEqualTo(Undecodable.UNDECODABLE_UNSPECIFIED);
        return message.getVersion();
    }
}
