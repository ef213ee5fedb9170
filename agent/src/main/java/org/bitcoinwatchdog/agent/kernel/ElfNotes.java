package org.bitcoinwatchdog.agent.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.agent.kernel.ForeignFile.ForeignFormatException;

/**
 * Reads the tracepoints of an executable: the notes of type 3 with the owner {@code stapsdt} (format: systemtap's wiki,
 * UserSpaceProbeImplementation). Stripping keeps the notes. Only removing the section headers hides them.
 */
public final class ElfNotes {
    /**
     * One site that fires a tracepoint, as the executable's section {@code .note.stapsdt} describes it.
     *
     * @param offset    of its instruction in the file, bytes
     * @param semaphore offset in the file of the counter that is above 0 while a tracer is attached, bytes; 0 if there
     *                  is none
     * @param arguments one operand for each argument: {@code -8@%r12 8@24(%rcx) 4@$5}
     */
    public record UsdtNote(String provider, String probe, long offset, long semaphore, String arguments) {
        /** {@code net:inbound_message}. */
        public String fullName() {
            return provider + ":" + probe;
        }
    }

    private static final int SHT_NOTE = 7;
    private static final int STAPSDT_TYPE = 3;
    private static final int ADDRESSES_BYTES = 24;
    /** bitcoind has a few dozen, the JVM about 600. */
    private static final int MOST_NOTES = 10_000;
    private static final String BASE_SECTION = ".stapsdt.base";

    private final ElfFile.Offsets offsets;
    /** Address of the base section; 0 if there is none. */
    private final long base;
    private final List<UsdtNote> notes = new ArrayList<>();

    private ElfNotes(ElfFile.Offsets offsets, long base) {
        this.offsets = offsets;
        this.base = base;
    }

    /**
     * @return the notes in the file's order; empty if the file was built without tracepoints
     * @throws ForeignFormatException if it is not a little-endian 64-bit ELF file, or a malformed one
     * @throws IOException            if it can't be read
     */
    public static List<UsdtNote> read(Path executable) throws IOException {
        try (ElfFile elf = ElfFile.open(executable)) {
            List<ElfFile.ElfSection> sections = elf.sections();
            long base = elf.named(sections, BASE_SECTION).map(ElfFile.ElfSection::address).orElse(0L);
            ElfNotes notes = new ElfNotes(elf.offsets(), base);
            for (ElfFile.ElfSection section : sections) {
                if (section.type() == SHT_NOTE) {
                    notes.readSection(elf.contents(section));
                }
            }
            return List.copyOf(notes.notes);
        }
    }

    private void readSection(ByteBuffer section) throws IOException {
        while (section.remaining() >= 12) {
            int ownerBytes = section.getInt();
            int descriptionBytes = section.getInt();
            int type = section.getInt();
            ByteBuffer owner = take(section, ownerBytes);
            ByteBuffer description = take(section, descriptionBytes);
            if (type == STAPSDT_TYPE && string(owner).equals("stapsdt")) {
                if (notes.size() == MOST_NOTES) {
                    throw new ForeignFormatException("more than " + MOST_NOTES + " tracepoints");
                }
                notes.add(note(description));
            }
        }
    }

    private UsdtNote note(ByteBuffer description) throws IOException {
        if (description.remaining() < ADDRESSES_BYTES) {
            throw new ForeignFormatException("a tracepoint's note of " + description.remaining() + " bytes");
        }
        long location = description.getLong();
        long baseThen = description.getLong();
        long semaphore = description.getLong();
        // A tool such as prelink moves the file's contents and the base section after linking, but not the notes.
        long moved = base != 0 && baseThen != 0 ? base - baseThen : 0;
        String provider = string(description);
        String probe = string(description);
        return new UsdtNote(provider, probe, offsets.of(location + moved),
                semaphore == 0 ? 0 : offsets.of(semaphore + moved), string(description));
    }

    /** The next bytes of a section. They are padded to a multiple of four. */
    private static ByteBuffer take(ByteBuffer section, int length) throws IOException {
        if (length < 0 || length > section.remaining()) {
            throw new ForeignFormatException("a note ends behind its section");
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
        throw new ForeignFormatException("a note has a string without an end");
    }
}
