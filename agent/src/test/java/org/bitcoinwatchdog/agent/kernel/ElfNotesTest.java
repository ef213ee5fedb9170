package org.bitcoinwatchdog.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfNotesTest {
    private static final int SECTIONS = 64;
    private static final int SEGMENT = SECTIONS + 64;
    private static final int NOTES = SEGMENT + 56;

    @TempDir
    private Path directory;

    @Test
    void aRealExecutablesTracepointsAreAllFound() throws Exception {
        List<UsdtNote> notes = ElfNotes.read(Path.of("..", "bpf", "build", "tracepoint-player"));
        assertThat(notes).extracting(UsdtNote::fullName)
                .contains(Arrays.stream(Tracepoint.values()).map(Tracepoint::fullName).toArray(String[]::new));
        assertThat(notes).allMatch(note -> note.offset() > 0 && note.semaphore() > 0 && note.arguments().contains("@"));
    }

    @Test
    void aNoteIsReadWithAllItsParts() throws Exception {
        assertThat(ElfNotes.read(elf(note("net", "inbound_message", "-8@%r12 8@8(%r8,%r11,8)"))))
                .containsExactly(new UsdtNote("net", "inbound_message", 0x900, 0x2900, "-8@%r12 8@8(%r8,%r11,8)"));
    }

    @Test
    void anExecutableWithoutTracepointsHasNone() throws Exception {
        assertThat(ElfNotes.read(Path.of(System.getProperty("java.home"), "bin", "java"))).isEmpty();
    }

    @Test
    void whatIsNoElfFileIsRefused() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "x".repeat(100));
        assertThatThrownBy(() -> ElfNotes.read(text)).isInstanceOf(IOException.class).hasMessageContaining("not an ELF");
        Path empty = Files.createFile(directory.resolve("empty"));
        assertThatThrownBy(() -> ElfNotes.read(empty)).isInstanceOf(IOException.class);
    }

    @Test
    void lyingLengthsAreRefused() throws Exception {
        byte[] good = Files.readAllBytes(elf(note("net", "inbound_message", "8@%rax")));
        for (int place : new int[] {0x20, 0x28, SECTIONS + 0x18, SECTIONS + 0x20, NOTES, NOTES + 4}) {
            byte[] bad = good.clone();
            ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(place, 0x7fff_ffff);
            Path file = Files.write(directory.resolve("bad"), bad);
            assertThatThrownBy(() -> ElfNotes.read(file)).as("at %d", place).isInstanceOf(IOException.class);
        }
    }

    @Test
    void everyTruncationIsRefusedOrHasNoTracepoint() throws Exception {
        byte[] good = Files.readAllBytes(elf(note("net", "inbound_message", "8@%rax")));
        for (int length = 0; length < good.length; length++) {
            Path file = Files.write(directory.resolve("cut"), Arrays.copyOf(good, length));
            assertThatThrownBy(() -> ElfNotes.read(file)).as("%d bytes", length).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aNoteThatNamesAnAddressOutsideOfTheProgramIsRefused() throws Exception {
        byte[] elf = Files.readAllBytes(elf(note("net", "inbound_message", "8@%rax")));
        ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN).putLong(SEGMENT + 0x20, 0x1000);
        Path file = Files.write(directory.resolve("outside"), elf);
        assertThatThrownBy(() -> ElfNotes.read(file)).isInstanceOf(IOException.class).hasMessageContaining("not loaded");
    }

    /** One section with notes, and one segment from 0x700 on that lies at 0 in the file. */
    private Path elf(byte[] notes) throws IOException {
        ByteBuffer elf = ByteBuffer.allocate(NOTES + notes.length).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        elf.putLong(0x28, SECTIONS).putShort(0x3a, (short) 64).putShort(0x3c, (short) 1);
        elf.putLong(0x20, SEGMENT).putShort(0x36, (short) 56).putShort(0x38, (short) 1);
        elf.putInt(SEGMENT, 1).putLong(SEGMENT + 0x10, 0x700).putLong(SEGMENT + 0x20, 0x10000);
        elf.putInt(SECTIONS + 4, 7).putLong(SECTIONS + 0x18, NOTES).putLong(SECTIONS + 0x20, notes.length);
        elf.position(NOTES);
        elf.put(notes);
        return Files.write(directory.resolve("elf"), elf.array());
    }

    private static byte[] note(String provider, String probe, String arguments) {
        byte[] strings = (provider + '\0' + probe + '\0' + arguments + '\0').getBytes(StandardCharsets.US_ASCII);
        int description = 24 + strings.length;
        ByteBuffer note = ByteBuffer.allocate(12 + 8 + (description + 3) / 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
        note.putInt(8).putInt(description).putInt(3).put("stapsdt\0".getBytes(StandardCharsets.US_ASCII));
        note.putLong(0x1000).putLong(0x2000).putLong(0x3000).put(strings);
        return note.array();
    }
}
