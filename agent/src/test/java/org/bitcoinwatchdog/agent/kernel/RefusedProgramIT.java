package org.bitcoinwatchdog.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that the kernel's verifier refuses, because their first instruction is replaced by an invalid one. */
class RefusedProgramIT {
    private static final int SYMBOL_BYTES = 24;
    private static final int SHT_SYMTAB = 2;
    private static final Path PLAYER = Path.of("..", "bpf", "build", "tracepoint-player");

    @TempDir
    private Path directory;

    @BeforeAll
    static void mayTrace() {
        TracingAssumption.check();
    }

    @Test
    void onlyTheTracepointOfARefusedProgramIsLeftOut() throws Exception {
        Set<Tracepoint> chosen = EnumSet.of(
                Tracepoint.NET_INBOUND_CONNECTION, Tracepoint.UTXOCACHE_FLUSH, Tracepoint.MEMPOOL_ADDED);
        ProbeSites places = new ProbeSites(ElfNotes.read(PLAYER), chosen);
        TracerLoader.Loaded loaded = new TracerLoader(broken("on_flush")).load(chosen, 1 << 18, places.all().size());
        try (Tracing tracing = Tracing.attach(loaded, places, -1, PLAYER.toRealPath(), chosen, 1 << 18)) {
            assertThat(tracing.states().stream().filter(state -> !state.attached()).toList()).containsExactly(
                    TracepointState.leftOut(Tracepoint.UTXOCACHE_FLUSH, "the kernel refuses its program: unknown opcode ff"));
        }
    }

    @Test
    void whereAllAreRefusedNothingIsTraced() throws Exception {
        TracerLoader loader = new TracerLoader(broken("on_flush"));
        assertThatThrownBy(() -> loader.load(EnumSet.of(Tracepoint.UTXOCACHE_FLUSH), 1 << 18, 1))
                .isInstanceOf(KernelException.class);
    }

    private byte[] broken(String program) throws Exception {
        Path file = Files.write(directory.resolve("tracer.bpf.o"), TracerObject.elf());
        byte[] elf = Files.readAllBytes(file);
        try (ElfFile object = ElfFile.open(file)) {
            List<ElfFile.ElfSection> sections = object.sections();
            ByteBuffer names = object.contents(object.named(sections, ".strtab").orElseThrow());
            ByteBuffer symbols = object.contents(
                    sections.stream().filter(section -> section.type() == SHT_SYMTAB).findFirst().orElseThrow());
            for (int at = 0; at < symbols.limit(); at += SYMBOL_BYTES) {
                if (name(names, symbols.getInt(at)).equals(program)) {
                    long code = sections.get(symbols.getShort(at + 6)).offset() + symbols.getLong(at + 8);
                    ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN).put((int) code, (byte) 0xff);
                    return elf;
                }
            }
        }
        throw new AssertionError(program + " is not in the object");
    }

    private static String name(ByteBuffer names, int from) {
        int end = from;
        while (names.get(end) != 0) {
            end++;
        }
        return new String(names.array(), from, end - from, StandardCharsets.US_ASCII);
    }
}
