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
 * Reads the tracepoints of an executable: the notes of type 3, owner {@code stapsdt}, in its section
 * {@code .note.stapsdt} (format: systemtap's wiki, UserSpaceProbeImplementation). The file is a stranger's: every
 * length is checked against the file's size, and no more than {@value #MOST_BYTES} bytes are read.
 */
public final class ElfNotes {
    private static final int MOST_BYTES = 16 << 20;
    private static final int HEADER_BYTES = 64;
    private static final int SECTION_BYTES = 64;
    private static final int SHT_NOTE = 7;
    private static final int STAPSDT_TYPE = 3;
    private static final int ADDRESSES_BYTES = 24;
    private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};

    private ElfNotes() {
    }

    /**
     * @return the notes in the file's order; none where it was built without tracepoints
     * @throws IOException where the file can't be read, or is no little-endian 64-bit ELF file
     */
    public static List<UsdtNote> read(Path executable) throws IOException {
        try (FileChannel file = FileChannel.open(executable)) {
            ByteBuffer header = bytes(file, 0, HEADER_BYTES);
            for (int i = 0; i < MAGIC.length; i++) {
                if (header.get(i) != MAGIC[i]) {
                    throw new IOException("not an ELF file");
                }
            }
            if (header.get(4) != 2 || header.get(5) != 1) {
                throw new IOException("not a little-endian 64-bit ELF file");
            }
            long sections = header.getLong(0x28);
            int sectionBytes = Short.toUnsignedInt(header.getShort(0x3a));
            int count = Short.toUnsignedInt(header.getShort(0x3c));
            if (sections == 0 || count == 0) {
                return List.of();
            }
            if (sectionBytes != SECTION_BYTES) {
                throw new IOException("a section header of " + sectionBytes + " bytes");
            }
            return notes(file, bytes(file, sections, (long) count * SECTION_BYTES), count);
        }
    }

    private static List<UsdtNote> notes(FileChannel file, ByteBuffer sections, int count) throws IOException {
        List<UsdtNote> notes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int section = i * SECTION_BYTES;
            if (sections.getInt(section + 4) == SHT_NOTE) {
                long offset = sections.getLong(section + 0x18);
                long size = sections.getLong(section + 0x20);
                readSection(bytes(file, offset, size), notes);
            }
        }
        return List.copyOf(notes);
    }

    private static void readSection(ByteBuffer section, List<UsdtNote> notes) throws IOException {
        while (section.remaining() >= 12) {
            int ownerBytes = section.getInt();
            int descriptionBytes = section.getInt();
            int type = section.getInt();
            ByteBuffer owner = take(section, ownerBytes);
            ByteBuffer description = take(section, descriptionBytes);
            if (type == STAPSDT_TYPE && string(owner).equals("stapsdt")) {
                notes.add(note(description));
            }
        }
    }

    private static UsdtNote note(ByteBuffer description) throws IOException {
        if (description.remaining() < ADDRESSES_BYTES) {
            throw new IOException("a tracepoint's note of " + description.remaining() + " bytes");
        }
        long location = description.getLong();
        long base = description.getLong();
        long semaphore = description.getLong();
        String provider = string(description);
        String probe = string(description);
        return new UsdtNote(provider, probe, location, base, semaphore, string(description));
    }

    /** The next bytes of a section, which are filled up to a multiple of four. */
    private static ByteBuffer take(ByteBuffer section, int length) throws IOException {
        if (length < 0 || length > section.remaining()) {
            throw new IOException("a note that ends behind its section");
        }
        ByteBuffer part = section.slice(section.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        section.position(Math.min(section.limit(), section.position() + ((length + 3) & ~3)));
        return part;
    }

    private static String string(ByteBuffer from) throws IOException {
        int begin = from.position();
        while (from.hasRemaining()) {
            if (from.get() == 0) {
                byte[] text = new byte[from.position() - 1 - begin];
                from.get(begin, text);
                return new String(text, StandardCharsets.UTF_8);
            }
        }
        throw new IOException("a string in a note without end");
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
