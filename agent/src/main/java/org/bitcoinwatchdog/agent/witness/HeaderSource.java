package org.bitcoinwatchdog.agent.witness;

import com.google.protobuf.ByteString;
import java.io.IOException;

/** What a witness answers. Hashes are in the wire's order. Each answer is bounded in size and time, and may be a lie. */
interface HeaderSource extends AutoCloseable {
    /**
     * The hash of the last block of its best chain.
     *
     * @throws IOException if there is no usable answer; the message says why and holds nothing that the witness wrote
     */
    ByteString tip() throws IOException;

    /** The height of the block that {@link #tip} named last. */
    int height(ByteString tip) throws IOException;

    /** The serialized header of a block of its best chain: 80 bytes, unless the block is of another protocol. */
    byte[] header(ByteString hash) throws IOException;

    @Override
    void close();
}
