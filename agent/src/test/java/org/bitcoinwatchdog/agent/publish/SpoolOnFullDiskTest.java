package org.bitcoinwatchdog.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real file system of 4 MiB that another process fills at every step. */
class SpoolOnFullDiskTest {
    private static final int LIMIT = 1 << 24;
    private static final int EVENTS = 3_000;

    @TempDir
    private Path directory;

    private final EventAccount account = new EventAccount("alice", 7);
    private final List<Integer> taken = new ArrayList<>();
    private Path disk;
    private int appended;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=4m", "spool-test", disk.toString()))
                .as("exit status of mount: only root can mount a small file system").isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 450, 1_000, 2_000, EVENTS})
    void everyEventIsReadOrLostWhereverTheDiskFillsUp(int filledAfter) throws Exception {
        Spool spool = Spool.open(disk.resolve("spool"), LIMIT);
        append(spool, filledAfter);
        fill();
        append(spool, EVENTS);
        drain(spool);
        assertThat(taken.size() + account.lost()).isEqualTo(appended);
        assertThat(taken).isSorted().doesNotHaveDuplicates();
        assertThat(spool.bytes()).isZero();
    }

    @Test
    void whatTheFileBeingWrittenHoldsIsReadBackFromAFullDisk() throws Exception {
        Spool spool = Spool.open(disk.resolve("spool"), LIMIT);
        append(spool, 400);
        fill();
        drain(spool);
        assertThat(taken).hasSize(400);
        assertThat(account.lost()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 1_500})
    void anEndOnAFullDiskKeepsWhatIsOnTheDisk(int takenBefore) throws Exception {
        Spool spool = Spool.open(disk.resolve("spool"), LIMIT);
        append(spool, EVENTS);
        take(spool, takenBefore);
        fill();
        spool.close();
        drain(Spool.open(disk.resolve("spool"), LIMIT));
        assertThat(taken.stream().distinct().count() + account.lost()).isGreaterThanOrEqualTo(appended);
    }

    @Test
    void unacknowledgedEventsAndAFullDiskAtTheEndLoseNothingUncounted() throws Exception {
        Spool spool = Spool.open(disk.resolve("spool"), LIMIT);
        append(spool, EVENTS);
        take(spool, 5);
        spool.prepend(List.of(event(3), event(4)));
        taken.removeAll(List.of(3, 4));
        fill();
        spool.close();
        drain(Spool.open(disk.resolve("spool"), LIMIT));
        assertThat(taken.stream().distinct().count() + account.lost()).isGreaterThanOrEqualTo(appended);
    }

    @Test
    void anEndOnAFullDiskMakesRoomByFinishedFilesForWhatIsUnacknowledged() throws Exception {
        int unacknowledged = 600;
        Spool spool = Spool.open(disk.resolve("spool"), LIMIT / 4);
        append(spool, EVENTS);
        spool.prepend(IntStream.range(-unacknowledged, 0).mapToObj(this::event).toList());
        fill();
        spool.close();
        drain(Spool.open(disk.resolve("spool"), LIMIT / 4));
        assertThat(taken).isSorted().doesNotHaveDuplicates()
                .startsWith(IntStream.range(-unacknowledged, 0).boxed().toArray(Integer[]::new));
        assertThat(taken.size() + account.lost()).isEqualTo(appended + unacknowledged);
        assertThat(account.lost()).isPositive();
    }

    private void append(Spool spool, int count) {
        for (int i = 0; i < count; i++) {
            spool.append(event(appended++));
        }
    }

    private PendingEvent event(int number) {
        return new PendingEvent(account, 1_000 + number, ByteBuffer.allocate(1_000).putInt(number).array());
    }

    private void drain(Spool spool) {
        take(spool, Integer.MAX_VALUE);
        assertThat(spool.isEmpty()).isTrue();
    }

    private void take(Spool spool, int most) {
        for (int i = 0; i < most && spool.peek() != null; i++) {
            taken.add(ByteBuffer.wrap(spool.peek().value()).getInt());
            spool.remove();
        }
    }

    private void fill() throws IOException {
        try (FileChannel other = FileChannel.open(disk.resolve("other"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer block = ByteBuffer.allocate(4_096);
            while (true) {
                block.clear();
                other.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
