package org.bitcoinwatchdog.agent.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The headers of an executable (System V ABI, ELF-64). The file is a stranger's: every length is checked against the
 * file's size, and no part of more than {@value #MOST_BYTES} bytes is read.
 */
final class ElfFile implements AutoCloseable {
    private static final int MOST_BYTES = 16 << 20;
    private static final int HEADER_BYTES = 64;
    private static final int SECTION_BYTES = 64;
    private static final int SEGMENT_BYTES = 56;
    private static final int PT_LOAD = 1;
    private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};

    /** @param address as linked; 0 for what is not loaded */
    record Section(String name, int type, long address, long offset, long bytes) {
    }

    private record Segment(long address, long offset, long bytes) {
        boolean holds(long wanted) {
            return wanted >= address && wanted - address < bytes;
        }
    }

    private final FileChannel file;
    private final ByteBuffer header;

    private ElfFile(FileChannel file, ByteBuffer header) {
        this.file = file;
        this.header = header;
    }

    /** @throws IOException where the file can't be read, or is no little-endian 64-bit ELF file */
    static ElfFile open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path);
        try {
            ByteBuffer header = bytes(file, 0, HEADER_BYTES);
            for (int i = 0; i < MAGIC.length; i++) {
                if (header.get(i) != MAGIC[i]) {
                    throw new IOException("not an ELF file");
                }
            }
            if (header.get(4) != 2 || header.get(5) != 1) {
                throw new IOException("not a little-endian 64-bit ELF file");
            }
            return new ElfFile(file, header);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** In the file's order; none where they were stripped off. */
    List<Section> sections() throws IOException {
        int count = Short.toUnsignedInt(header.getShort(0x3c));
        ByteBuffer table = table(0x28, 0x3a, count, SECTION_BYTES, "section");
        List<Section> sections = new ArrayList<>();
        ByteBuffer names = table.hasRemaining() ? names(table) : table;
        for (int at = 0; at < table.limit(); at += SECTION_BYTES) {
            sections.add(new Section(name(names, table.getInt(at)), table.getInt(at + 4), table.getLong(at + 0x10),
                    table.getLong(at + 0x18), table.getLong(at + 0x20)));
        }
        return sections;
    }

    ByteBuffer contents(Section section) throws IOException {
        return bytes(file, section.offset(), section.bytes());
    }

    /** Where the loaded byte of this address lies in the file. */
    Offsets offsets() throws IOException {
        ByteBuffer table = table(0x20, 0x36, Short.toUnsignedInt(header.getShort(0x38)), SEGMENT_BYTES, "program");
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
                .orElseThrow(() -> new IOException("a tracepoint's note names an address that is not loaded"));
    }

    /** Addresses as linked to offsets in the file. */
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
            throw new IOException("a " + what + " header of " + header.getShort(entryBytesAt) + " bytes");
        }
        return bytes(file, offset, (long) count * entryBytes);
    }

    private ByteBuffer names(ByteBuffer table) throws IOException {
        int at = Short.toUnsignedInt(header.getShort(0x3e)) * SECTION_BYTES;
        return at == 0 || at >= table.limit()
                ? ByteBuffer.allocate(0)
                : bytes(file, table.getLong(at + 0x18), table.getLong(at + 0x20));
    }

    /** Empty where it lies outside of the names. */
    private static String name(ByteBuffer names, int from) {
        int end = from;
        while (end >= 0 && end < names.limit() && names.get(end) != 0) {
            end++;
        }
        byte[] text = new byte[Math.max(0, end - from)];
        if (text.length > 0) {
            names.get(from, text);
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    private static ByteBuffer bytes(FileChannel file, long offset, long length) throws IOException {
        if (offset < 0 || length < 0 || length > MOST_BYTES || offset > file.size() - length) {
            throw new IOException("a part of the file lies outside of it");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && file.read(bytes, offset + bytes.position()) >= 0) {
            continue;
        }
        if (bytes.hasRemaining()) {
            throw new IOException("the file ended early");
        }
        return bytes.flip();
    }
}
