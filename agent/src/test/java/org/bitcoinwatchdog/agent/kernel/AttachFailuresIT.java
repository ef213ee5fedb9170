package org.bitcoinwatchdog.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/**
 * The kernel refuses each step of attaching in turn, because this process may open no more files: each map, program,
 * link and mapping. Nothing stays open after any of them.
 */
class AttachFailuresIT {
    private static final int RLIMIT_NOFILE = 7;
    private static final int ALL_STEPS = 80;
    private static final Path PLAYER = Path.of("..", "bpf", "build", "tracepoint-player");
    private static final Limits LIMITS = LibraryLoader.create(Limits.class).load("c");

    /** The soft limit, then the hard one. */
    private final long[] before = new long[2];

    /** {@code struct rlimit} is two longs. */
    public interface Limits {
        int getrlimit(int resource, @Out long[] limit);

        int setrlimit(int resource, @In long[] limit);
    }

    AttachFailuresIT() {
        assertThat(LIMITS.getrlimit(RLIMIT_NOFILE, before)).isZero();
    }

    @BeforeAll
    static void mayTrace() {
        TracingAssumption.check();
    }

    @AfterEach
    void raiseTheLimitAgain() {
        LIMITS.setrlimit(RLIMIT_NOFILE, before);
    }

    @Test
    void aRefusalAtAnyStepLeavesNothingOpen() throws Exception {
        Path executable = PLAYER.toRealPath();
        Set<Tracepoint> chosen = EnumSet.of(Tracepoint.UTXOCACHE_FLUSH, Tracepoint.NET_INBOUND_CONNECTION);
        Tracing.attach(-1, executable, chosen, 1 << 18).close(); // made once and kept
        int refused = 0;
        int partly = 0;
        int whole = 0;
        for (int room = 0; room < ALL_STEPS && whole < 3; room++) {
            List<String> open = kernelObjects();
            limitTo(room);
            try (Tracing tracing = Tracing.attach(-1, executable, chosen, 1 << 18)) {
                if (tracing.states().stream().allMatch(TracepointState::attached)) {
                    whole++;
                } else {
                    partly++;
                }
            } catch (KernelException | IOException e) {
                refused++;
            } finally {
                raiseTheLimitAgain();
            }
            assertThat(kernelObjects()).as("after a failure with room for %d files", room).isEqualTo(open);
        }
        assertThat(refused).isGreaterThan(3);
        assertThat(partly).isPositive();
        assertThat(whole).isPositive();
    }

    @Test
    void aRingBufferThatCanBeMappedOnlyInPartIsNotMappedAtAll() {
        try (BpfObject object = new TracerLoader(TracerObject.elf())
                .load(EnumSet.of(Tracepoint.UTXOCACHE_FLUSH), Mapping.pageBytes(), 1).object()) {
            int fd = object.mapFd(TracerObject.RECORDS);
            List<String> mapped = mappings();
            assertThatThrownBy(() -> RingBuffer.map(fd, 1 << 20)).isInstanceOf(KernelException.class);
            assertThat(mappings()).isEqualTo(mapped);
        }
    }

    /** Allows so many more files than the highest free descriptor. */
    private void limitTo(int room) throws IOException {
        Set<Integer> used = new java.util.TreeSet<>();
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            open.forEach(path -> used.add(Integer.parseInt(path.getFileName().toString())));
        }
        long limit = IntStream.iterate(0, fd -> fd + 1).filter(fd -> !used.contains(fd)).limit(room + 1L)
                .reduce((first, second) -> second).orElseThrow();
        assertThat(LIMITS.setrlimit(RLIMIT_NOFILE, new long[] {limit, before[1]})).isZero();
    }

    private static List<String> kernelObjects() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            Stream<String> descriptors = open.map(AttachFailuresIT::target)
                    .filter(target -> target.contains("bpf") || target.contains("perf"));
            return Stream.concat(descriptors, mappings().stream()).sorted().toList();
        }
    }

    private static List<String> mappings() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains("bpf")).map(line -> line.replaceAll("^\\S+ ", "")).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // the descriptor of the listing itself
        }
    }
}
