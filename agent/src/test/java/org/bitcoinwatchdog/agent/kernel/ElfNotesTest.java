package org.bitcoinwatchdog.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bitcoinwatchdog.agent.kernel.ElfNotes.UsdtNote;
import org.bitcoinwatchdog.agent.kernel.ForeignFile.ForeignFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfNotesTest {
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
        assertThat(ElfNotes.read(write(SampleElf.note("net", "inbound_message", "-8@%r12 8@8(%r8,%r11,8)"))))
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
        byte[] good = Files.readAllBytes(write(SampleElf.note("net", "inbound_message", "8@%rax")));
        for (int place : new int[] {0x20, 0x28, SampleElf.SECTIONS + 0x18, SampleElf.SECTIONS + 0x20, SampleElf.NOTES, SampleElf.NOTES + 4}) {
            byte[] bad = good.clone();
            ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(place, 0x7fff_ffff);
            Path file = Files.write(directory.resolve("bad"), bad);
            assertThatThrownBy(() -> ElfNotes.read(file)).as("at %d", place).isInstanceOf(IOException.class);
        }
    }

    @Test
    void everyTruncationIsRefusedOrHasNoTracepoint() throws Exception {
        byte[] good = Files.readAllBytes(write(SampleElf.note("net", "inbound_message", "8@%rax")));
        for (int length = 0; length < good.length; length++) {
            Path file = Files.write(directory.resolve("cut"), Arrays.copyOf(good, length));
            assertThatThrownBy(() -> ElfNotes.read(file)).as("%d bytes", length).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aNoteThatNamesAnAddressOutsideOfTheProgramIsRefused() throws Exception {
        byte[] elf = Files.readAllBytes(write(SampleElf.note("net", "inbound_message", "8@%rax")));
        ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN).putLong(SampleElf.SEGMENT + 0x20, 0x1000);
        Path file = Files.write(directory.resolve("outside"), elf);
        assertThatThrownBy(() -> ElfNotes.read(file)).isInstanceOf(IOException.class).hasMessageContaining("not loaded");
    }

    @Test
    void manySectionsThatAreLargeTogetherAreRefused() throws Exception {
        assertThatThrownBy(() -> ElfNotes.read(Files.write(directory.resolve("elf"), SampleElf.withSections(65_535, 2 << 20))))
                .isInstanceOf(ForeignFormatException.class).hasMessageContaining("more than");
    }

    @Test
    void manyNotesAreRefused() throws Exception {
        byte[] note = SampleElf.note("net", "inbound_message", "");
        byte[] notes = new byte[10_001 * note.length];
        for (int i = 0; i < 10_001; i++) {
            System.arraycopy(note, 0, notes, i * note.length, note.length);
        }
        assertThatThrownBy(() -> ElfNotes.read(write(notes)))
                .isInstanceOf(ForeignFormatException.class).hasMessageContaining("more than 10000 tracepoints");
    }

    @Test
    void aFifoIsNotWaitedFor() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
        assertThatThrownBy(() -> ElfNotes.read(fifo)).isInstanceOf(IOException.class).hasMessageContaining("regular");
    }

    private Path write(byte[] notes) throws IOException {
        return Files.write(directory.resolve("elf"), SampleElf.of(notes));
    }
}
