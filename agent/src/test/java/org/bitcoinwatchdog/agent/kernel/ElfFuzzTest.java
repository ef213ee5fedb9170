package org.bitcoinwatchdog.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.bitcoinwatchdog.agent.kernel.ForeignFile.ForeignFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executables that strangers made up are refused with an IOException, soon, and with little memory. */
class ElfFuzzTest {
    private static final int FILES = 3000;
    /** In total, not at once. Code that is not compiled yet allocates what compiled code does not. */
    private static final long MOST_ALLOCATED = 256 << 20;
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final int[] LENGTHS_AND_COUNTS = {0x20, 0x28, 0x36, 0x38, 0x3a, 0x3c, 0x3e, SampleElf.SECTIONS + 4,
        SampleElf.SECTIONS + 0x18, SampleElf.SECTIONS + 0x20, SampleElf.SEGMENT, SampleElf.SEGMENT + 0x10,
        SampleElf.SEGMENT + 0x20, SampleElf.NOTES, SampleElf.NOTES + 4, SampleElf.NOTES + 8};

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path directory;

    @Test
    void changedExecutablesAreReadOrRefused() throws Exception {
        Random random = new Random(20261128);
        for (int i = 0; i < FILES; i++) {
            byte[] elf = SampleElf.of(SampleElf.note("net", "inbound_message", "8@%rax".repeat(random.nextInt(20))));
            change(elf, random);
            check(elf, "file " + i);
        }
    }

    @Test
    void theLargestExecutablesAreReadOrRefusedToo() throws Exception {
        check(SampleElf.withSections(65_535, 200), "many small sections");
        check(SampleElf.withSections(65_535, 16 << 20), "many large sections");
        byte[] names = SampleElf.withSections(65_535, 1 << 20);
        ByteBuffer.wrap(names).order(ByteOrder.LITTLE_ENDIAN).putShort(0x3e, (short) 1);
        check(names, "names of a mebibyte that overlap");
        byte[] segments = SampleElf.withSections(65_535, 4 << 20);
        ByteBuffer.wrap(segments).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0x20, SampleElf.SECTIONS).putShort(0x36, (short) 56).putShort(0x38, (short) 0xffff);
        check(segments, "many segments");
    }

    private void change(byte[] elf, Random random) {
        ByteBuffer bytes = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            int place = LENGTHS_AND_COUNTS[random.nextInt(LENGTHS_AND_COUNTS.length)];
            switch (random.nextInt(4)) {
                case 0 -> bytes.putLong(place, random.nextLong());
                case 1 -> bytes.putInt(place, random.nextInt(elf.length * 2));
                case 2 -> bytes.putShort(place, (short) random.nextInt());
                default -> elf[random.nextInt(elf.length)] = (byte) random.nextInt();
            }
        }
    }

    private void check(byte[] elf, String what) throws IOException {
        Path file = Files.write(directory.resolve("elf"), elf);
        long thread = Thread.currentThread().getId();
        long allocated = threads.getThreadAllocatedBytes(thread);
        long beganNs = System.nanoTime();
        try {
            assertThat(ElfNotes.read(file)).as(what).hasSizeLessThanOrEqualTo(10_000);
        } catch (IOException e) {
            assertThat(e).as(what).isInstanceOf(ForeignFormatException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - beganNs)).as(what).isLessThan(LONGEST);
        assertThat(threads.getThreadAllocatedBytes(thread) - allocated).as(what).isLessThan(MOST_ALLOCATED);
    }
}
