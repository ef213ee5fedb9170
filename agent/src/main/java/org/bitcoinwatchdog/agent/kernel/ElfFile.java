package org.bitcoinwatchdog.agent.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.agent.kernel.ForeignFile.ForeignFormatException;

/**
 * The headers of an executable (System V ABI, ELF-64). A stranger controls the file, so every length is checked against
 * the file's size, and at most {@value #MOST_BYTES} bytes are read.
 */
final class ElfFile implements AutoCloseable {
    private static final int MOST_BYTES = 16 << 20;
    /** Linkers make about a dozen. */
    private static final int MOST_SEGMENTS = 1000;
    private static final int HEADER_BYTES = 64;
    private static final int SECTION_BYTES = 64;
    private static final int SEGMENT_BYTES = 56;
    private static final int PT_LOAD = 1;
    private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};

    /**
     * @param name    offset of the name in the section of names
     * @param address as linked; 0 if the section is not loaded
     */
    record ElfSection(int name, int type, long address, long offset, long bytes) {
    }

    private record Segment(long address, long offset, long bytes) {
        boolean holds(long wanted) {
            return wanted >= address && wanted - address < bytes;
        }
    }

    private final FileChannel file;
    private final ByteBuffer header;
    private int bytesLeft = MOST_BYTES;

    private ElfFile(FileChannel file) throws IOException {
        this.file = file;
        this.header = bytes(0, HEADER_BYTES);
        for (int i = 0; i < MAGIC.length; i++) {
            if (header.get(i) != MAGIC[i]) {
                throw new ForeignFormatException("not an ELF file");
            }
        }
        if (header.get(4) != 2 || header.get(5) != 1) {
            throw new ForeignFormatException("not a little-endian 64-bit ELF file");
        }
    }

    /** @throws IOException if the file can't be read, or is not a little-endian 64-bit ELF file */
    static ElfFile open(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw Files.exists(path) ? new IOException("not a regular file") : new NoSuchFileException(path.toString());
        }
        FileChannel file = FileChannel.open(path);
        try {
            return new ElfFile(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** In the file's order; empty if they were stripped. */
    List<ElfSection> sections() throws IOException {
        int count = Short.toUnsignedInt(header.getShort(0x3c));
        ByteBuffer table = table(0x28, 0x3a, count, SECTION_BYTES, "section");
        List<ElfSection> sections = new ArrayList<>();
        for (int at = 0; at < table.limit(); at += SECTION_BYTES) {
            sections.add(new ElfSection(table.getInt(at), table.getInt(at + 4), table.getLong(at + 0x10),
                    table.getLong(at + 0x18), table.getLong(at + 0x20)));
        }
        return sections;
    }

    /** The first section with the name. Names are compared in place: copies of overlapping names could fill the memory. */
    Optional<ElfSection> named(List<ElfSection> sections, String name) throws IOException {
        int index = Short.toUnsignedInt(header.getShort(0x3e));
        if (index == 0 || index >= sections.size()) {
            return Optional.empty();
        }
        ByteBuffer names = contents(sections.get(index));
        ByteBuffer wanted = ByteBuffer.wrap((name + '\0').getBytes(StandardCharsets.US_ASCII));
        return sections.stream()
                .filter(section -> section.name() >= 0 && section.name() <= names.limit() - wanted.limit())
                .filter(section -> names.slice(section.name(), wanted.limit()).equals(wanted))
                .findFirst();
    }

    ByteBuffer contents(ElfSection section) throws IOException {
        return bytes(section.offset(), section.bytes());
    }

    /** The offset in the file of the byte that is loaded at this address. */
    Offsets offsets() throws IOException {
        int count = Short.toUnsignedInt(header.getShort(0x38));
        if (count > MOST_SEGMENTS) {
            throw new ForeignFormatException(count + " program headers");
        }
        ByteBuffer table = table(0x20, 0x36, count, SEGMENT_BYTES, "program");
        List<Segment> segments = new ArrayList<>();
        for (int at = 0; at < table.limit(); at += SEGMENT_BYTES) {
            if (table.getInt(at) == PT_LOAD) {
                segments.add(new Segment(table.getLong(at + 0x10), table.getLong(at + 8), table.getLong(at + 0x20)));
            }
        }
        return address -> segments.stream()
                .filter(segment -> segment.holds(address))
                .findFirst()
                .map(segment -> address - segment.address() + segment.offset())
                .orElseThrow(() -> new ForeignFormatException("a tracepoint's note names an address that is not loaded"));
    }

    /** Converts addresses as linked to offsets in the file. */
    interface Offsets {
        long of(long address) throws IOException;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private ByteBuffer table(int offsetAt, int entryBytesAt, int count, int entryBytes, String what) throws IOException {
        long offset = header.getLong(offsetAt);
        if (offset == 0 || count == 0) {
            return ByteBuffer.allocate(0);
        }
        if (Short.toUnsignedInt(header.getShort(entryBytesAt)) != entryBytes) {
            throw new ForeignFormatException("a " + what + " header of " + header.getShort(entryBytesAt) + " bytes");
        }
        return bytes(offset, (long) count * entryBytes);
    }

    private ByteBuffer bytes(long offset, long length) throws IOException {
        if (offset < 0 || length < 0 || offset > file.size() - length) {
            throw new ForeignFormatException("its headers name a part behind the end of the file");
        }
        if (length > bytesLeft) {
            throw new ForeignFormatException("more than " + MOST_BYTES + " bytes of headers and notes");
        }
        bytesLeft -= (int) length;
        ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && file.read(bytes, offset + bytes.position()) >= 0) {
            continue;
        }
        if (bytes.hasRemaining()) {
            throw new ForeignFormatException("the file ended early");
        }
        return bytes.flip();
    }
}
