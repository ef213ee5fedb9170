package org.bitcoinwatchdog.agent.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import org.bitcoinwatchdog.agent.recording.Received;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.SendCompact;
import org.bitcoinwatchdog.events.Undecodable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallPayloadsTest {
    @ParameterizedTest
    @ValueSource(strings = {"ping", "pong"})
    void readsNonces(String type) {
        assertThat(Received.whole(type, new WireBytes().int64(-2)).getNonce().getNonce()).isEqualTo(-2);
    }

    @Test
    void readsFeeFiltersAlsoThoseThatAreNoMoney() {
        assertThat(Received.whole("feefilter", new WireBytes().int64(-1)).getFeeFilter().getMinFeeSatPerKvb()).isEqualTo(-1);
    }

    @Test
    void readsSendcmpctAndRefusesAThirdMode() {
        assertThat(Received.whole("sendcmpct", new WireBytes().uint8(1).int64(2)).getSendCompact())
                .isEqualTo(SendCompact.newBuilder().setHighBandwidth(true).setVersion(2).build());
        assertThat(Received.whole("sendcmpct", new WireBytes().uint8(2).int64(2)).getUndecodable())
                .isEqualTo(Undecodable.UNDECODABLE_BAD_VALUE);
    }

    @Test
    void takesMessagesWithBytesLeftOverAsCoreDoes() {
        assertThat(Received.whole("ping", new WireBytes().int64(1).repeat(9, 100)).hasNonce()).isTrue();
    }

    @Test
    void keepsTypeAndSizeOfEverythingElse() {
        Message message = Received.cut("alert", new byte[256], 4_000);
        assertThat(message.getType()).isEqualTo("alert");
        assertThat(message.getSizeBytes()).isEqualTo(4_000);
        assertThat(message.getCapturedBytes()).isEqualTo(256);
        assertThat(message.getUndecodable()).isEqualTo(Undecodable.UNDECODABLE_UNSPECIFIED);
        assertThat(message.getPayloadCase()).isEqualTo(Message.PayloadCase.PAYLOAD_NOT_SET);
    }

    @Test
    void saysThatNothingWasCaptured() {
        assertThat(Received.cut("ping", new byte[0], 8).getUndecodable()).isEqualTo(Undecodable.UNDECODABLE_NOT_CAPTURED);
    }
}
