package org.bitcoinwatchdog.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bitcoinwatchdog.events.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final int LARGE = 1 << 24;

    @TempDir
    private Path directory;

    private final EventAccount account = new EventAccount("alice", 7);

    @Test
    void whatCameFirstLeavesFirst() throws Exception {
        Spool spool = Spool.open(directory, LARGE);
        append(spool, 0, 1_000);
        assertThat(take(spool, 400)).isEqualTo(numbers(0, 400));
        append(spool, 1_000, 1_500);
        assertThat(take(spool, 5_000)).isEqualTo(numbers(400, 1_500));
        assertThat(spool.isEmpty()).isTrue();
        assertThat(spool.bytes()).isZero();
        assertThat(files()).isEmpty();
    }

    @Test
    void anEventIsTheSameAfterwards() throws Exception {
        Spool spool = Spool.open(directory, LARGE);
        spool.append(event(3));
        spool.close();
        PendingEvent read = Spool.open(directory, LARGE).peek();
        assertThat(read.account().node()).isEqualTo("alice");
        assertThat(read.account().epoch()).isEqualTo(7);
        assertThat(read.timeNs()).isEqualTo(1_003);
        assertThat(read.value()).isEqualTo(event(3).value());
    }

    @Test
    void itOutlivesTheAgentAndWhatKafkaDidNotAcknowledgeIsFirstAgain() throws Exception {
        Spool spool = Spool.open(directory, LARGE);
        append(spool, 10, 2_000);
        take(spool, 40);
        spool.prepend(List.of(event(48), event(49)));
        spool.close();
        assertThat(take(Spool.open(directory, LARGE), 5_000)).isEqualTo(numbers(48, 2_000));
    }

    @Test
    void whereThereIsNoRoomTheOldestGoAndAreCounted() throws Exception {
        Spool spool = Spool.open(directory, 1 << 20);
        append(spool, 0, 10_000);
        assertThat(spool.bytes()).isLessThanOrEqualTo(1 << 20);
        List<Integer> left = take(spool, 20_000);
        assertThat(left).isEqualTo(numbers(10_000 - left.size(), 10_000));
        assertThat(account.lost()).isEqualTo(10_000 - left.size()).isPositive();
        assertThat(account.takeUnreported()).singleElement().satisfies(lost -> {
            assertThat(lost.cause()).isEqualTo(Loss.Cause.CAUSE_SPOOL_FULL);
            assertThat(lost.fromNs()).isEqualTo(1_000);
        });
    }

    @Test
    void withoutDiskEverythingIsLostAtOnce() throws Exception {
        Spool spool = Spool.open(directory, 0);
        append(spool, 0, 3);
        assertThat(account.lost()).isEqualTo(3);
        assertThat(spool.isEmpty()).isTrue();
    }

    @Test
    void aDamagedFileCostsOnlyItsRestAndThatIsCounted() throws Exception {
        Spool spool = Spool.open(directory, LARGE);
        append(spool, 0, 100);
        spool.close();
        Path file = files().get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        List<Integer> left = take(spool, 1_000);
        assertThat(left).isEqualTo(numbers(0, left.size()));
        assertThat(left.size()).isBetween(40, 60);
        assertThat(account.lost() + left.size()).isEqualTo(100);
        assertThat(account.takeUnreported()).singleElement()
                .matches(lost -> lost.cause() == Loss.Cause.CAUSE_SPOOL_DAMAGED);
    }

    @Test
    void everyTruncationIsReadUpToItsLastWholeEvent() {
        ByteBuffer one = SpoolFormat.write(event(1));
        ByteBuffer two = ByteBuffer.allocate(2 * one.limit()).put(one.duplicate()).put(one.duplicate()).flip();
        for (int length = 0; length <= two.limit(); length++) {
            SpoolFormat.SpooledEvents contents = SpoolFormat.read(two.slice(0, length), EventAccount::new);
            assertThat(contents.events()).hasSize(length / one.limit());
            assertThat(contents.undamaged()).isEqualTo(length % one.limit() == 0);
        }
    }

    @Test
    void otherFilesAreLeftAlone() throws Exception {
        Files.writeString(directory.resolve("notes.txt"), "mine");
        assertThat(Spool.open(directory, LARGE).isEmpty()).isTrue();
    }

    private void append(Spool spool, int from, int to) {
        IntStream.range(from, to).forEach(number -> spool.append(event(number)));
    }

    private PendingEvent event(int number) {
        return new PendingEvent(account, 1_000 + number, ByteBuffer.allocate(300).putInt(number).array());
    }

    private static List<Integer> take(Spool spool, int most) {
        List<Integer> taken = new ArrayList<>();
        for (PendingEvent event = spool.peek(); event != null && taken.size() < most; event = spool.peek()) {
            taken.add(ByteBuffer.wrap(event.value()).getInt());
            spool.remove();
        }
        return taken;
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
