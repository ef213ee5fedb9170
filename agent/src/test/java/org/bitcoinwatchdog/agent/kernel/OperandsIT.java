package org.bitcoinwatchdog.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bitcoinwatchdog.agent.kernel.KernelCounters.TracepointCount;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of operand in every form of executable, through the kernel: bpf/test/operands.c, compiled as each test says. */
class OperandsIT {
    private static final Path SOURCE = Path.of("..", "bpf", "test", "operands.c");
    private static final int RING_BUFFER_BYTES = 1 << 18;
    /** Fields of {@code struct utxocache_flush_record}, bytes from its beginning. */
    private static final int DURATION = 16;
    private static final int COINS = 24;
    private static final int MEMORY = 32;
    private static final int MODE = 40;
    private static final int FOR_PRUNE = 44;
    private static final int FLAGS = 10;

    private record Flush(long duration, long mode, long coins, long memory, int forPrune, int flags) {
    }

    private static final List<Flush> FIRED = new ArrayList<>(List.of(
            new Flush(-1, 2, 3, 4, 1, 0),
            new Flush(-5, 0x2345, 0xfffffffbL, -1, 1, 0),
            new Flush(-5, 7, 1234567890123L, 0, 1, 0),
            new Flush(-11, 12, 13, 1L << 56 | 14, 1, 0)));

    static {
        if (Architecture.here() == Architecture.X86_64) {
            // Indexed operands, which arm64 does not have.
            FIRED.add(new Flush(12, 0xfffffff5L, 13, 12, 1, 0));
        }
    }

    @TempDir
    private Path directory;

    @BeforeAll
    static void mayTrace() {
        TracingAssumption.check();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "-pie", "-pie -s", "-pie -DSEMAPHORE", "-pie -s -DSEMAPHORE", "-no-pie", "-no-pie -s -DSEMAPHORE", "-static -s",
        "-static-pie -DSEMAPHORE"})
    void everyFormOfOperandIsFetched(String options) throws Exception {
        Path executable = compiled(options);
        assertThat(traced(executable, (process, chosen) ->
                Tracing.attach((int) process.pid(), executable, chosen, RING_BUFFER_BYTES))).isEqualTo(FIRED);
    }

    @Test
    void perfEventsServeWhereTheKernelHasNoBetterLinks() throws Exception {
        Path executable = compiled("-pie -DSEMAPHORE");
        assertThat(traced(executable, (process, chosen) -> {
            ProbeSites places = new ProbeSites(ElfNotes.read(executable), chosen);
            TracerLoader.Loaded loaded = new TracerLoader(TracerObject.elf())
                    .load(chosen, RING_BUFFER_BYTES, places.all().size(), Attachment.PERF_EVENTS);
            return Tracing.attach(loaded, places, (int) process.pid(), executable, chosen, RING_BUFFER_BYTES);
        })).isEqualTo(FIRED);
    }

    private interface Attaching {
        Tracing attach(Process process, Set<Tracepoint> chosen) throws IOException;
    }

    private Path compiled(String options) throws Exception {
        Path executable = directory.resolve("operands");
        List<String> command = new ArrayList<>(List.of("cc", "-O2", "-o", executable.toString(), SOURCE.toString()));
        command.addAll(List.of(options.split(" ")));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return executable;
    }

    private static List<Flush> traced(Path executable, Attaching attaching) throws Exception {
        Process process = new ProcessBuilder(executable.toString()).start();
        try (Tracing tracing = attaching.attach(process, Set.of(Tracepoint.UTXOCACHE_FLUSH))) {
            assertThat(tracing.states()).allMatch(TracepointState::attached);
            go(process);
            List<Flush> flushes = new ArrayList<>();
            tracing.records().drain((records, offset, length) -> flushes.add(flush(records, offset)));
            assertThat(tracing.count(Tracepoint.UTXOCACHE_FLUSH)).isEqualTo(new TracepointCount(flushes.size(), 0));
            return flushes;
        } finally {
            process.destroyForcibly();
        }
    }

    private static void go(Process process) throws IOException, InterruptedException {
        try (OutputStream input = process.getOutputStream()) {
            input.write('\n');
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static Flush flush(ByteBuffer records, int offset) {
        return new Flush(records.getLong(offset + DURATION), Integer.toUnsignedLong(records.getInt(offset + MODE)),
                records.getLong(offset + COINS), records.getLong(offset + MEMORY), records.getInt(offset + FOR_PRUNE),
                Short.toUnsignedInt(records.getShort(offset + FLAGS)));
    }
}
