package org.bitcoinwatchdog.agent.witness;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.agent.p2p.BlockHeaderReader;
import org.bitcoinwatchdog.events.BlockHeader;

/** Headers with regtest's proof of work, really mined: two attempts each on average. Heights start at 100. */
final class MinedChain {
    static final int FIRST_HEIGHT = 100;
    static final int REGTEST_BITS = 0x207fffff;
    private static final int FIRST_TIME_S = 1_790_000_000;
    private static final BlockHeaderReader READER = new BlockHeaderReader("regtest");

    record MinedBlock(BlockHeader header, byte[] bytes, int height) {
        ByteString hash() {
            return header.getHash();
        }
    }

    private final Map<ByteString, MinedBlock> all = new HashMap<>();

    /** @param salt blocks of one parent and another salt differ */
    List<MinedBlock> mine(MinedBlock parent, int count, int salt) {
        List<MinedBlock> mined = new ArrayList<>();
        MinedBlock last = parent;
        for (int i = 0; i < count; i++) {
            last = mine(last, FIRST_TIME_S + 600 * (last == null ? 0 : last.height() + 1 - FIRST_HEIGHT), REGTEST_BITS, salt);
            mined.add(last);
        }
        return mined;
    }

    MinedBlock mine(MinedBlock parent, int timeS, int bits, int salt) {
        byte[] bytes = new byte[80];
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0x2000_0000);
        header.put(parent == null ? new byte[32] : parent.hash().toByteArray());
        header.putInt(salt).putInt(salt).putInt(salt).putInt(salt).putInt(salt).putInt(salt).putInt(salt).putInt(salt);
        header.putInt(timeS).putInt(bits);
        for (int nonce = 0; ; nonce++) {
            header.putInt(76, nonce);
            BlockHeader read = READER.read(bytes);
            if (read.getProofOfWorkValid()) {
                MinedBlock block = new MinedBlock(read, bytes, parent == null ? FIRST_HEIGHT : parent.height() + 1);
                all.put(block.hash(), block);
                return block;
            }
        }
    }

    /** A source that answers honestly with this tip. */
    HeaderSource showing(MinedBlock tip) {
        return new HeaderSource() {
            @Override
            public ByteString tip() {
                return tip.hash();
            }

            @Override
            public int height(ByteString hash) {
                return all.get(hash).height();
            }

            @Override
            public byte[] header(ByteString hash) throws WitnessFault {
                MinedBlock block = all.get(hash);
                if (block == null) {
                    throw new WitnessFault("it has no such block");
                }
                return block.bytes().clone();
            }

            @Override
            public void close() {
            }
        };
    }

    MinedBlock block(ByteString hash) {
        return all.get(hash);
    }
}
