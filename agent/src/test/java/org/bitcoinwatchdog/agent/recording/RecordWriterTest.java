package org.bitcoinwatchdog.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.bitcoinwatchdog.agent.record.RecordLayout.MessageRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.RecordHeader;
import org.bitcoinwatchdog.agent.recording.RecordWriter.BadCallException;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.RecordedCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordWriterTest {
    private final RecordWriter writer = new RecordWriter();

    @ParameterizedTest
    @CsvSource({
        "addr, 65536", "addrv2, 65536", "version, 4096", "headers, 4096", "cmpctblock, 4096", "block, 4096", "inv, 4096",
        "getdata, 4096", "notfound, 4096", "tx, 0", "getheaders, 256", "addrv3, 256"})
    void capturesOfAPayloadWhatTheKernelDoes(String type, int cap) throws BadCallException {
        ByteBuffer record = message(type, 70_000, "ab".repeat(70_000));
        assertThat(record.getInt(RecordHeader.PAYLOAD_BYTES)).isEqualTo(cap);
        assertThat(record.getLong(MessageRecord.SIZE_BYTES)).isEqualTo(70_000);
        assertThat(record.limit()).isEqualTo(MessageRecord.PAYLOAD + cap);
    }

    @Test
    void cutsAStringToItsFieldWithItsNul() throws BadCallException {
        Message cut = Received.event("net:inbound_message", 1L, "a".repeat(88), "c".repeat(23), "t".repeat(24), 0L, "")
                .getInboundMessage();
        assertThat(cut.getPeer().getAddress()).isEqualTo("a".repeat(87));
        assertThat(cut.getPeer().getOtherConnectionType()).isEqualTo("c".repeat(23));
        assertThat(cut.getType()).isEqualTo("t".repeat(23));
        assertThat(message("t".repeat(24), 0, "").getShort(RecordHeader.FLAGS)).isEqualTo((short) 1);
        assertThat(message("t".repeat(23), 0, "").getShort(RecordHeader.FLAGS)).isZero();
    }

    @Test
    void endsAStringAtItsNul() {
        assertThat(Received.event("net:misbehaving_connection", 1L, "a\0b").getMisbehavingConnection().getReason()).isEqualTo("a");
    }

    @Test
    void leavesNothingOfTheRecordBefore() throws BadCallException {
        message("addr", 70_000, "ff".repeat(70_000));
        ByteBuffer record = message("x", 0, "");
        assertThat(record.limit()).isEqualTo(MessageRecord.PAYLOAD);
        assertThat(record.getLong(MessageRecord.MESSAGE_TYPE + 8)).isZero();
    }

    @Test
    void refusesCallsThatNoProcessMakes() {
        refuses("unknown tracepoint", "net:unheard_of", 1L);
        refuses("1 arguments instead of 2", "net:misbehaving_connection", 1L);
        refuses("3 arguments instead of 2", "net:misbehaving_connection", 1L, "a", "b");
        refuses("argument 1 must be of type integer", "net:misbehaving_connection", "1", "a");
        refuses("argument 2 must be of type string", "net:misbehaving_connection", 1L, 2L);
        refuses("argument 5 must be of type bool", "utxocache:flush", 1L, 1L, 1L, 1L, 0L);
        refuses("argument 2 must be of type uint32", "utxocache:flush", 1L, -1L, 1L, 1L, false);
        refuses("argument 2 must be of type int32", "mempool:added", "00".repeat(32), 1L << 31, 1L);
        refuses("argument 1 must be of type hash of 64 hex digits", "mempool:added", "00".repeat(31), 1L, 1L);
        refuses("argument 1 must be of type hash of 64 hex digits", "mempool:added", "0g".repeat(32), 1L, 1L);
        refuses("argument 1 must be of type hash of 64 hex digits", "mempool:added", "0\u0660".repeat(32), 1L, 1L);
        refuses("argument 6 must be of type hex string", "net:inbound_message", 1L, "a", "b", "ping", 8L, "012");
        refuses("argument 6 must be of type hex string", "net:inbound_message", 1L, "a", "b", "ping", 8L, "0x");
        refuses("more payload than the message has bytes", "net:inbound_message", 1L, "a", "b", "ping", 1L, "0102");
        refuses("more payload than the message has bytes", "net:inbound_message", 1L, "a", "b", "ping", -1L, "");
    }

    private void refuses(String reason, String tracepoint, Object... args) {
        assertThatThrownBy(() -> writer.write(new RecordedCall(1, "n", tracepoint, List.of(args))))
                .isInstanceOf(BadCallException.class).hasMessage(reason);
    }

    private ByteBuffer message(String type, long size, String payload) throws BadCallException {
        return writer.write(new RecordedCall(1, "n", "net:inbound_message",
                List.of(7L, "203.0.113.7:8333", "inbound", type, size, payload)));
    }
}
