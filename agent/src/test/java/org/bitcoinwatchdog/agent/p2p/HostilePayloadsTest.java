package org.bitcoinwatchdog.agent.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bitcoinwatchdog.agent.record.RecordDecoder;
import org.bitcoinwatchdog.agent.record.RecordLayout.MessageRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.RecordHeader;
import org.bitcoinwatchdog.agent.record.RecordOutcome;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Decoded;
import org.bitcoinwatchdog.agent.recording.Received;
import org.bitcoinwatchdog.agent.recording.RecordWriter;
import org.bitcoinwatchdog.agent.recording.RecordWriter.BadCallException;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.RecordedCall;
import org.bitcoinwatchdog.events.Undecodable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any payload of any type gives a decoded message or a reason. It never throws and never uses memory beyond the
 * capture.
 */
class HostilePayloadsTest {
    private static final int FUZZED_PAYLOADS = 100_000;
    private static final int FUZZED_BYTES = 600;
    /** The most memory that an event takes for one captured byte, including protobuf objects, and for its envelope. */
    private static final int MEMORY_PER_BYTE = 128;
    private static final int MEMORY_PER_EVENT = 16_384;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<String> types() {
        return SamplePayloads.BY_TYPE.keySet().stream();
    }

    @Test
    void hasASampleOfEveryTypeWithADecoder() {
        assertThat(SamplePayloads.BY_TYPE.keySet()).containsExactlyInAnyOrder(
                "version", "addr", "addrv2", "inv", "getdata", "notfound", "headers", "block", "cmpctblock", "ping", "pong",
                "feefilter", "sendcmpct", "getblocktxn", "blocktxn", "getheaders", "getblocks");
    }

    @ParameterizedTest
    @MethodSource("types")
    void aMessageThatEndsEarlyIsDecodedOrTooShort(String type) {
        byte[] whole = SamplePayloads.BY_TYPE.get(type);
        for (int length = 0; length < whole.length; length++) {
            Message message = decodedOrReason(Received.whole(type, Arrays.copyOf(whole, length)));
            assertThat(message.getUndecodable()).isIn(
                    Undecodable.UNDECODABLE_UNSPECIFIED, Undecodable.UNDECODABLE_TOO_SHORT);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void aCaptureThatWasCutIsNeverThePeersFault(String type) {
        byte[] whole = SamplePayloads.BY_TYPE.get(type);
        for (int length = 0; length < whole.length; length++) {
            Message message = decodedOrReason(Received.cut(type, Arrays.copyOf(whole, length), whole.length));
            assertThat(message.getUndecodable()).isIn(
                    Undecodable.UNDECODABLE_UNSPECIFIED, Undecodable.UNDECODABLE_NOT_CAPTURED);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void aCountThatLiesCostsNothing(String type) {
        byte[] whole = SamplePayloads.BY_TYPE.get(type);
        List<String> lies = List.of("ffffffffffffffffff", "ff0000000000000080", "fe00000002", "feffffffff", "fdffff", "fd0000");
        for (String lie : lies) {
            byte[] count = new WireBytes().hex(lie).toBytes();
            for (int at = 0; at < whole.length; at++) {
                byte[] lying = Arrays.copyOf(whole, Math.max(whole.length, at + count.length));
                System.arraycopy(count, 0, lying, at, count.length);
                decodedOrReason(Received.whole(type, lying));
                decodedOrReason(Received.cut(type, lying, Long.MAX_VALUE));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void anOversizedMessageIsDecodedAsFarAsItIsCaptured(String type) {
        decodedOrReason(Received.whole(type, SamplePayloads.ofLength(type, 4_000_000)));
        decodedOrReason(Received.cut(type, SamplePayloads.BY_TYPE.get(type), Long.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("types")
    void anyBytesAreDecodedOrGiveAReasonInBoundedMemory(String type) throws BadCallException {
        Random random = new Random(type.hashCode());
        byte[] sample = SamplePayloads.BY_TYPE.get(type);
        ByteBuffer record = record(type);
        RecordDecoder decoder = new RecordDecoder("main");
        byte[] payload = new byte[FUZZED_BYTES];
        for (int i = 0; i < FUZZED_PAYLOADS; i++) {
            int length = random.nextInt(FUZZED_BYTES + 1);
            if (i % 4 == 0) {
                random.nextBytes(payload);
            } else {
                mutate(sample, payload, random);
            }
            record.put(MessageRecord.PAYLOAD, payload);
            record.putInt(RecordHeader.PAYLOAD_BYTES, length);
            record.putLong(MessageRecord.SIZE_BYTES, random.nextBoolean() ? length : length + (random.nextLong() >>> 1) / 2);

            long before = THREADS.getCurrentThreadAllocatedBytes();
            RecordOutcome outcome = decoder.decode(record, 0, record.limit(), 0);
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

            if (allocated > MEMORY_PER_EVENT + (long) MEMORY_PER_BYTE * length) {
                throw new AssertionError(allocated + " bytes for a payload of " + length);
            }
            decodedOrReason(((Decoded) outcome).event().getInboundMessage());
        }
    }

    private static Message decodedOrReason(Message message) {
        boolean decoded = message.getPayloadCase() != Message.PayloadCase.PAYLOAD_NOT_SET;
        boolean reason = message.getUndecodable() != Undecodable.UNDECODABLE_UNSPECIFIED;
        if (decoded == reason) {
            throw new AssertionError("neither or both: " + message);
        }
        return message;
    }

    private static void mutate(byte[] sample, byte[] payload, Random random) {
        Arrays.fill(payload, (byte) 0);
        System.arraycopy(sample, 0, payload, 0, Math.min(sample.length, payload.length));
        for (int flips = random.nextInt(4); flips >= 0; flips--) {
            payload[random.nextInt(Math.min(sample.length, payload.length))] =
                    (byte) (random.nextBoolean() ? 0xfd + random.nextInt(3) : random.nextInt());
        }
    }

    /** A message's record with room for a payload. */
    private static ByteBuffer record(String type) throws BadCallException {
        ByteBuffer written = new RecordWriter().write(new RecordedCall(1, "n", "net:inbound_message",
                List.of(7L, "203.0.113.7:8333", "inbound", type, 0L, "")));
        return ByteBuffer.allocate(MessageRecord.PAYLOAD + FUZZED_BYTES).order(written.order())
                .put(0, written.array(), 0, MessageRecord.PAYLOAD);
    }
}
