package org.bitcoinwatchdog.detectors.node;

import com.google.protobuf.ByteString;
import java.util.HexFormat;

/** Hash of a block, in the byte order of the wire. People write it reversed, as {@link #toString()} does. */
public record BlockHash(ByteString wire) {
    @Override
    public String toString() {
        byte[] reversed = new byte[wire.size()];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = wire.byteAt(reversed.length - 1 - i);
        }
        return HexFormat.of().formatHex(reversed);
    }
}
