package org.bitcoinwatchdog.agent.p2p;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bitcoinwatchdog.events.BlockHeader;

/**
 * Reads the 80 bytes of a block header. Their double SHA-256 is the block's hash.
 *
 * <p>Knots 29.4.1 hard-forked with the same network magic and port. Its headers have version bit 31 and 164 bytes. Bitcoin
 * Core refuses a version with bit 31, because it is negative and so below the versions that BIP 34, 66 and 65 demand. So the
 * bit tells the form.
 */
public final class BlockHeaderReader {
    private static final int HEADER_BYTES = 80;
    private static final int OTHER_FORM_BYTES = 164;
    private static final int HASH_BYTES = 32;
    private static final int VERSION = 0;
    private static final int PREVIOUS_HASH = 4;
    private static final int TIME = 68;
    private static final int BITS = 72;

    private final ProofOfWork proofOfWork;
    private final MessageDigest sha256;
    private final byte[] scratch = new byte[HEADER_BYTES];
    private final ByteBuffer header = ByteBuffer.wrap(scratch).order(ByteOrder.LITTLE_ENDIAN);

    BlockHeaderReader(ProofOfWork proofOfWork) {
        this.proofOfWork = proofOfWork;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** @param network whose limit of the proof of work applies, as events name it */
    public BlockHeaderReader(String network) {
        this(ProofOfWork.of(network));
    }

    /** @throws IllegalArgumentException if it does not have 80 bytes */
    public BlockHeader read(byte[] bytes) {
        if (bytes.length != HEADER_BYTES) {
            throw new IllegalArgumentException("a header has 80 bytes, not " + bytes.length);
        }
        System.arraycopy(bytes, 0, scratch, 0, HEADER_BYTES);
        return header();
    }

    /** The next header, or null if the payload ends before it does. */
    BlockHeader read(PayloadReader payload) {
        payload.bytes(scratch, HEADER_BYTES);
        return payload.ok() ? header() : null;
    }

    /**
     * Skips the next header if it has another form. Its hash is not a double SHA-256, so nothing is read of it.
     *
     * @return whether it was skipped; false also if the payload ends before it does
     */
    static boolean skipsOtherForm(PayloadReader payload) {
        boolean other = payload.captured() >= Integer.BYTES && payload.int32Ahead(VERSION) < 0;
        if (other) {
            payload.skip(OTHER_FORM_BYTES);
        }
        return other && payload.ok();
    }

    private BlockHeader header() {
        byte[] hash = hash();
        int bits = header.getInt(BITS);
        return BlockHeader.newBuilder()
                .setHash(UnsafeByteOperations.unsafeWrap(hash))
                .setPreviousHash(ByteString.copyFrom(scratch, PREVIOUS_HASH, HASH_BYTES))
                .setTimeS(header.getInt(TIME))
                .setBits(bits)
                .setProofOfWorkValid(proofOfWork.holds(hash, bits))
                .setVersion(header.getInt(VERSION))
                .build();
    }

    private byte[] hash() {
        byte[] hash = new byte[HASH_BYTES];
        try {
            sha256.update(scratch);
            sha256.digest(hash, 0, HASH_BYTES);
            sha256.update(hash);
            sha256.digest(hash, 0, HASH_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has 32 bytes", e);
        }
        return hash;
    }
}
