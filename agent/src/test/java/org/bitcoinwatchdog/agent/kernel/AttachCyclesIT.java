package org.bitcoinwatchdog.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jnr.ffi.LibraryLoader;
import jnr.ffi.types.size_t;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node that restarts a thousand times leaves nothing behind in this process or in the kernel. Several threads run at
 * a time, because the kernel needs 0.1 s to detach.
 */
class AttachCyclesIT {
    private static final int CYCLES = Integer.getInteger("watchdog.attach-cycles", 1000);
    private static final int CYCLES_OF_ALL = CYCLES / 25;
    private static final int THREADS = 8;
    private static final int RING_BUFFER_BYTES = 1 << 18;
    private static final Path PLAYER = Path.of("..", "bpf", "build", "tracepoint-player");
    /** A leaked object would have ten times as many. */
    private static final long BYTES_A_CYCLE = 24 << 10;

    private static final Allocator ALLOCATOR = LibraryLoader.create(Allocator.class).load("c");

    /** Returns the memory that the C library's allocator keeps in reserve. */
    public interface Allocator {
        int malloc_trim(@size_t long pad);
    }

    @TempDir
    private Path directory;

    @BeforeAll
    static void mayTrace() {
        TracingAssumption.check();
    }

    @Test
    void aThousandCyclesLeaveNoFileDescriptorNoMappingAndNoMemoryBehind() throws Exception {
        Path executable = directory.resolve("operands");
        assertThat(new ProcessBuilder("cc", "-DSEMAPHORE", "-o", executable.toString(),
                Path.of("..", "bpf", "test", "operands.c").toString()).inheritIO().start().waitFor()).isZero();
        Process process = new ProcessBuilder(executable.toString()).start();
        try {
            leavesNothingBehind((int) process.pid(), executable, EnumSet.of(Tracepoint.UTXOCACHE_FLUSH), CYCLES);
            semaphoreIsDownAgain(process);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void neitherDoCyclesOfAllTracepoints() throws Exception {
        leavesNothingBehind(-1, PLAYER.toRealPath(), EnumSet.allOf(Tracepoint.class), CYCLES_OF_ALL);
    }

    private static void leavesNothingBehind(int pid, Path executable, Set<Tracepoint> chosen, int cycles) throws Exception {
        // The JVM makes this once and keeps it.
        cycle(pid, executable, chosen, Math.max(4 * THREADS, cycles / 10));
        List<String> descriptors = descriptors();
        long mappings = mappings();
        long resident = residentBytes();
        cycle(pid, executable, chosen, cycles);
        assertThat(descriptors()).containsExactlyInAnyOrderElementsOf(descriptors);
        // Java's own memory varies, so the test looks for growth with each cycle.
        await().untilAsserted(() -> {
            assertThat(mappings()).isLessThan(mappings + Math.max(50, cycles / 4));
            assertThat(residentBytes()).isLessThan(resident + Math.max(1000, cycles) * BYTES_A_CYCLE);
        });
    }

    private static void cycle(int pid, Path executable, Set<Tracepoint> chosen, int cycles) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Callable<Void> cycle = () -> {
                try (Tracing tracing = Tracing.attach(pid, executable, chosen, RING_BUFFER_BYTES)) {
                    assertThat(tracing.states()).hasSize(chosen.size()).allMatch(TracepointState::attached);
                }
                return null;
            };
            for (Future<Void> done : threads.invokeAll(IntStream.range(0, cycles).mapToObj(i -> cycle).toList())) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** It fires only while a tracer is attached. One more tracer shows that it still can. */
    private static void semaphoreIsDownAgain(Process process) throws Exception {
        try (Tracing watching = Tracing.attach(-1, Path.of("/proc/" + process.pid() + "/exe").toRealPath(),
                EnumSet.of(Tracepoint.UTXOCACHE_FLUSH), RING_BUFFER_BYTES)) {
            watching.detach(() -> { });
            try (OutputStream input = process.getOutputStream()) {
                input.write('\n');
            }
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(watching.records().drain((records, offset, length) -> { })).isZero();
        }
    }

    /** What each open file is: {@code anon_inode:bpf-map}, a path. */
    private static List<String> descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(AttachCyclesIT::target).filter(target -> !target.contains("/proc/")).collect(Collectors.toList());
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // The descriptor of the listing itself.
            return "/proc/";
        }
    }

    private static long mappings() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.count();
        }
    }

    private static long residentBytes() throws IOException {
        System.gc();
        ALLOCATOR.malloc_trim(0);
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("RssAnon:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
