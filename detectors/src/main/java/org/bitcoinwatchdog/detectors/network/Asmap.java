package org.bitcoinwatchdog.detectors.network;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.bitcoinwatchdog.events.AddressNetwork;

/** Bitcoin Core's map from addresses to autonomous systems (doc/asmap-data.md, util/asmap.cpp). */
public final class Asmap {
    /** The published maps have 2 to 3 MB. Core has no limit on the size. */
    private static final long LARGEST_BYTES = 64L << 20;
    private static final byte[] IPV4_IN_IPV6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private final byte[] bytes;

    private Asmap(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException naming the file, if it can't be read or is not a valid asmap */
    public static Asmap load(Path file) {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw new IllegalArgumentException("asmap file " + file + " is too large for an asmap");
            }
            return of(Files.readAllBytes(file), "asmap file " + file);
        } catch (IOException e) {
            throw new IllegalArgumentException("asmap file " + file + " can't be read: " + e, e);
        }
    }

    static Asmap of(byte[] bytes, String name) {
        String problem = new AsmapCheck(bytes).problem();
        if (problem != null) {
            throw new IllegalArgumentException(name + " is corrupt: " + problem);
        }
        return new Asmap(bytes.clone());
    }

    /**
     * The AS that announces the address; empty if there is none, and for networks without AS numbers. It is also empty
     * for unroutable addresses, although the published maps have entries for them.
     */
    public OptionalInt as(NetAddress address) {
        if (!address.routable()) {
            return OptionalInt.empty();
        }
        ByteString ipv4 = address.linkedIpv4();
        ByteString bits = ipv4 != null ? ByteString.copyFrom(IPV4_IN_IPV6).concat(ipv4)
                : address.network() == AddressNetwork.ADDRESS_NETWORK_IPV6 ? address.bytes() : null;
        int as = bits == null ? 0 : interpret(bits);
        return as == 0 ? OptionalInt.empty() : OptionalInt.of(as);
    }

    private int interpret(ByteString address) {
        AsmapBits code = new AsmapBits(bytes);
        int bit = 0;
        int standard = 0;
        while (true) {
            switch (code.instruction()) {
                case 0:
                    return code.as();
                case 1:
                    int jump = code.jump();
                    code.position += bit(address, bit++) ? jump : 0;
                    break;
                case 2:
                    int match = code.match();
                    for (int b = matchLength(match) - 1; b >= 0; b--) {
                        if (bit(address, bit++) != ((match >> b & 1) != 0)) {
                            return standard;
                        }
                    }
                    break;
                case 3:
                    standard = code.as();
                    break;
                default:
                    throw new IllegalStateException("an asmap that was found valid ends within an instruction");
            }
        }
    }

    /** The number of bits that a match compares: those below its highest set bit. */
    static int matchLength(int match) {
        return 31 - Integer.numberOfLeadingZeros(match);
    }

    private static boolean bit(ByteString address, int index) {
        return (address.byteAt(index >> 3) >> (7 - (index & 7)) & 1) != 0;
    }
}
