package org.bitcoinwatchdog.agent.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bitcoinwatchdog.events.Undecodable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadReaderTest {
    @Test
    void readsLittleEndianNumbersAndBigEndianPorts() {
        PayloadReader reader = reader(new WireBytes().uint8(0xfe).uint16BigEndian(8333).int32(0x80000001L).int64(-2));
        assertThat(reader.uint8()).isEqualTo(0xfe);
        assertThat(reader.uint16BigEndian()).isEqualTo(8333);
        assertThat(reader.int32()).isEqualTo(0x80000001);
        assertThat(reader.int64()).isEqualTo(-2);
        assertThat(reader.ok()).isTrue();
        assertThat(reader.atEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0xfc, 0xfd, 0xffff, 0x1_0000, 0x0200_0000})
    void readsCountsInTheirShortestForm(long value) {
        assertThat(reader(new WireBytes().compact(value)).compactSize()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fd0000", "fdfc00", "fe00000000", "feffff0000", "ff0000000000000000", "ffffffffff00000000"})
    void refusesCountsInALongerForm(String hex) {
        PayloadReader reader = reader(new WireBytes().hex(hex));
        assertThat(reader.compactSize()).isZero();
        assertThat(reader.problem()).isEqualTo(Undecodable.UNDECODABLE_NON_CANONICAL);
    }

    @ParameterizedTest
    @ValueSource(longs = {0x0200_0001, 0xffff_ffffL, 0x1_0000_0000L, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void refusesCountsBeyondCoresMaximum(long value) {
        PayloadReader reader = reader(new WireBytes().compact(value));
        assertThat(reader.compactSize()).isZero();
        assertThat(reader.problem()).isEqualTo(Undecodable.UNDECODABLE_TOO_MANY);
    }

    @Test
    void readsServicesOfAll64Bits() {
        assertThat(reader(new WireBytes().compact(-1)).compactNumber()).isEqualTo(-1);
    }

    @Test
    void afterTheFirstFailureAnswersZeroAndKeepsItsReason() {
        PayloadReader reader = reader(new WireBytes().hex("0102030405"));
        assertThat(reader.int64()).isZero();
        assertThat(reader.uint8()).isZero();
        assertThat(reader.bytes(1)).isEmpty();
        reader.fail(Undecodable.UNDECODABLE_BAD_VALUE);
        assertThat(reader.problem()).isEqualTo(Undecodable.UNDECODABLE_TOO_SHORT);
    }

    @Test
    void tellsTheCaptureThatWasCutFromTheMessageThatEnds() {
        PayloadReader reader = new PayloadReader();
        reader.set(buffer(new byte[4]), 0, 4, 8);
        assertThat(reader.int64()).isZero();
        assertThat(reader.ok()).isFalse();
        assertThat(reader.problem()).isNull();
        assertThat(reader.atEnd()).isFalse();
    }

    @Test
    void neverReadsWhatLiesBehindThePayload() {
        PayloadReader reader = new PayloadReader();
        reader.set(buffer(new byte[64]), 8, 4, 4);
        assertThat(reader.int32()).isZero();
        assertThat(reader.ok()).isTrue();
        reader.uint8();
        assertThat(reader.problem()).isEqualTo(Undecodable.UNDECODABLE_TOO_SHORT);
    }

    @Test
    void skipsFurtherThanAnyBufferWithoutHarm() {
        PayloadReader reader = new PayloadReader();
        reader.set(buffer(new byte[4]), 0, 4, -1);
        reader.skip(Long.MAX_VALUE);
        assertThat(reader.ok()).isFalse();
        assertThat(reader.problem()).isNull();
    }

    @Test
    void foreseesThatSoManyEntriesDoNotFit() {
        PayloadReader reader = reader(new WireBytes().repeat(0, 60));
        reader.expect(2, 30);
        assertThat(reader.ok()).isTrue();
        reader.expect(3, 30);
        assertThat(reader.problem()).isEqualTo(Undecodable.UNDECODABLE_TOO_SHORT);
    }

    private static PayloadReader reader(WireBytes payload) {
        PayloadReader reader = new PayloadReader();
        byte[] bytes = payload.toBytes();
        reader.set(buffer(bytes), 0, bytes.length, bytes.length);
        return reader;
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
