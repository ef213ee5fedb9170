package org.bitcoinwatchdog.agent.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Small ELF files with notes of tracepoints. */
public final class SampleElf {
    static final int SECTIONS = 64;
    static final int SEGMENT = SECTIONS + 64;
    static final int NOTES = SEGMENT + 56;
    private static final int SHT_NOTE = 7;

    private SampleElf() {
    }

    /** An executable that discovery recognizes as a node's. */
    public static byte[] ofNode() {
        return of(note("net", "inbound_message", "-8@%r12"));
    }

    /** An executable without tracepoints. */
    public static byte[] ofOther() {
        return of(new byte[0]);
    }

    /** One section with notes, and one segment from 0x700 on that lies at 0 in the file. */
    static byte[] of(byte[] notes) {
        ByteBuffer elf = header(NOTES + notes.length, 1);
        elf.putLong(0x20, SEGMENT).putShort(0x36, (short) 56).putShort(0x38, (short) 1);
        elf.putInt(SEGMENT, 1).putLong(SEGMENT + 0x10, 0x700).putLong(SEGMENT + 0x20, 0x10000);
        elf.putInt(SECTIONS + 4, SHT_NOTE).putLong(SECTIONS + 0x18, NOTES).putLong(SECTIONS + 0x20, notes.length);
        elf.position(NOTES);
        elf.put(notes);
        return elf.array();
    }

    /** So many sections of notes, each larger than the file. */
    static byte[] withSections(int count, int bytes) {
        ByteBuffer elf = header(SECTIONS + count * 64 + bytes, count);
        for (int at = SECTIONS; at < SECTIONS + count * 64; at += 64) {
            elf.putInt(at + 4, SHT_NOTE).putLong(at + 0x18, SECTIONS + count * 64L).putLong(at + 0x20, bytes);
        }
        return elf.array();
    }

    static byte[] note(String provider, String probe, String arguments) {
        byte[] strings = (provider + '\0' + probe + '\0' + arguments + '\0').getBytes(StandardCharsets.US_ASCII);
        int description = 24 + strings.length;
        ByteBuffer note = ByteBuffer.allocate(12 + 8 + (description + 3) / 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
        note.putInt(8).putInt(description).putInt(3).put("stapsdt\0".getBytes(StandardCharsets.US_ASCII));
        note.putLong(0x1000).putLong(0x2000).putLong(0x3000).put(strings);
        return note.array();
    }

    private static ByteBuffer header(int bytes, int sections) {
        ByteBuffer elf = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        return elf.putLong(0x28, SECTIONS).putShort(0x3a, (short) 64).putShort(0x3c, (short) sections);
    }
}
