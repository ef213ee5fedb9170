package org.bitcoinwatchdog.agent.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bitcoinwatchdog.agent.recording.Received;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.Undecodable;
import org.junit.jupiter.api.Test;

/** Random messages of both forms of headers, compared with what was written into them. */
class MixedHeadersTest {
    private static final int OURS = 80;
    private static final int OTHER = 164;
    private static final int MESSAGES = 20_000;

    private final Random random = new Random(961_640);

    /** A header and its count of transactions, with the end of the header in the payload. */
    private record Written(byte[] header, int end) {
        boolean ours() {
            return header.length == OURS;
        }
    }

    @Test
    void decodesOrCountsExactlyTheHeadersThatAreWhole() {
        for (int i = 0; i < MESSAGES; i++) {
            int count = random.nextInt(30);
            WireBytes payload = new WireBytes().compact(count);
            List<Written> written = headers(count, payload);
            byte[] whole = payload.toBytes();
            int captured = random.nextBoolean() ? whole.length : random.nextInt(whole.length) + 1;
            Message message = Received.cut("headers", Arrays.copyOf(whole, captured), whole.length);
            List<Written> complete = written.stream().filter(header -> header.end <= message.getCapturedBytes()).toList();
            List<ByteString> hashes = message.getHeaders().getHeadersList().stream().map(BlockHeader::getHash).toList();

            assertThat(message.getUndecodable()).isEqualTo(Undecodable.UNDECODABLE_UNSPECIFIED);
            assertThat(message.getHeaders().getCount()).isEqualTo(count);
            assertThat(message.getHeaders().getOtherForm()).isEqualTo((int) complete.stream().filter(header -> !header.ours()).count());
            assertThat(hashes).isEqualTo(complete.stream().filter(Written::ours).map(header -> hash(header.header)).toList());
        }
    }

    @Test
    void aMixedMessageThatIsCorruptIsDecodedOrGivesAReason() {
        for (int i = 0; i < MESSAGES; i++) {
            String type = List.of("headers", "block", "cmpctblock").get(random.nextInt(3));
            int count = random.nextInt(8);
            WireBytes payload = type.equals("headers") ? new WireBytes().compact(count) : new WireBytes();
            headers(Math.max(1, count), payload);
            byte[] bytes = payload.toBytes();
            for (int flips = random.nextInt(6); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Message message = Received.whole(type, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
            assertThat(message.getPayloadCase() == Message.PayloadCase.PAYLOAD_NOT_SET)
                    .isEqualTo(message.getUndecodable() != Undecodable.UNDECODABLE_UNSPECIFIED);
            assertThat(message.getHeaders().getHeadersList()).allMatch(header -> header.getVersion() >= 0);
            assertThat(message.getBlock().hasHeader() && message.getBlock().getOtherForm()).isFalse();
        }
    }

    private List<Written> headers(int count, WireBytes payload) {
        List<Written> written = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] header = new byte[random.nextBoolean() ? OURS : OTHER];
            random.nextBytes(header);
            header[3] = (byte) (header.length == OURS ? header[3] & 0x7f : header[3] | 0x80);
            payload.bytes(header);
            written.add(new Written(header, payload.toBytes().length));
            payload.compact(0);
        }
        return written;
    }

    private static ByteString hash(byte[] header) {
        return new BlockHeaderReader("main").read(header).getHash();
    }
}
