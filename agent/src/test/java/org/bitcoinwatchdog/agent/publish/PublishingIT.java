package org.bitcoinwatchdog.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.bitcoinwatchdog.agent.publish.EventAccount.LostEvents;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.Loss;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Topics;
import org.bitcoinwatchdog.testing.TestBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With a real broker that starts late, is killed, paused or slow, or does not come back in time, and with a failing
 * disk.
 */
class PublishingIT {
    private static final long MEMORY = 8 << 20;
    private static final long DISK = 64 << 20;
    /** Makes events so large that memory is full after a few thousand. */
    private static final ByteString HASH = ByteString.copyFrom(new byte[200]);

    @TempDir
    private Path directory;

    private TestBroker broker;
    private final EventAccount alice = new EventAccount("alice", 1);
    private final EventAccount bob = new EventAccount("bob", 2);

    @BeforeEach
    void prepare() throws Exception {
        broker = new TestBroker(Files.createDirectory(directory.resolve("broker")), PublishedEvents.TOPIC);
    }

    @AfterEach
    void end() throws Exception {
        broker.close();
    }

    @Test
    void everythingArrivesOnceAndInOrderWhereKafkaComesLater() throws Exception {
        try (EventOutbox publisher = publisher(DISK)) {
            publish(publisher, 0, 20_000);
            await().until(() -> spoolFiles() > 0);
            broker.start();
            awaitAcknowledged(20_000);
        }
        assertComplete(0, 20_000);
        assertThat(spoolFiles()).isZero();
    }

    @Test
    void everythingArrivesOnceAndInOrderWhereKafkaIsKilledAndComesBack() throws Exception {
        broker.start();
        try (EventOutbox publisher = publisher(DISK)) {
            publish(publisher, 0, 5_000);
            await().until(() -> alice.acknowledged() > 0);
            broker.kill();
            publish(publisher, 5_000, 20_000);
            broker.start();
            publish(publisher, 20_000, 25_000);
            awaitAcknowledged(25_000);
        }
        assertComplete(0, 25_000);
    }

    @Test
    void everythingArrivesOnceAndInOrderWhereKafkaStopsAnsweringForAWhile() throws Exception {
        broker.start();
        try (EventOutbox publisher = publisher(DISK)) {
            publish(publisher, 0, 2_000);
            await().until(() -> alice.acknowledged() > 0);
            broker.pause();
            publish(publisher, 2_000, 15_000);
            await().until(() -> spoolFiles() > 0);
            broker.goOn();
            publish(publisher, 15_000, 16_000);
            awaitAcknowledged(16_000);
        }
        assertComplete(0, 16_000);
        assertThat(spoolFiles()).isZero();
    }

    @Test
    void everythingArrivesOnceAndInOrderWhereTheWayToKafkaIsSlow() throws Exception {
        try (SlowProxy proxy = new SlowProxy(broker.port(), 1 << 28)) {
            broker.advertise(proxy.port());
            broker.start();
            proxy.limit(1 << 16);
            try (EventOutbox publisher = publisher(DISK, "none")) {
                publish(publisher, 0, 15_000);
                await().until(() -> spoolFiles() > 0);
                assertThat(alice.acknowledged()).isLessThan(15_000);
                proxy.limit(1 << 28);
                awaitAcknowledged(15_000);
            }
            assertComplete(0, 15_000);
            assertThat(spoolFiles()).isZero();
        }
    }

    @Test
    void whatKafkaRefusesIsAnObstacleAndALossAndKeepsNoOtherEventBack() throws Exception {
        // A topic with the hosts' times and Kafka's default limit of an hour.
        broker = new TestBroker(Files.createDirectory(directory.resolve("strict")),
                new NewTopic(Topics.NODE_EVENTS, PublishedEvents.TOPIC.numPartitions(), (short) 1));
        broker.start();
        try (EventOutbox publisher = publisher(DISK)) {
            publisher.enqueue(bob, event(bob, 0).toBuilder()
                    .setObservedAtNs((System.currentTimeMillis() + Duration.ofHours(2).toMillis()) * 1_000_000).build());
            publish(publisher, 0, 10);
            awaitAcknowledged(10);
            await().until(() -> bob.lost() == 1);
            assertThat(publisher.obstacle()).hasValueSatisfying(text -> assertThat(text).startsWith("Kafka refuses events of bob, which are lost"));
            assertThat(bob.takeUnreported()).singleElement().matches(lost -> lost.cause() == Loss.Cause.CAUSE_REFUSED_BY_KAFKA);
        }
        assertThat(bob.accepted()).isEqualTo(bob.lost() + bob.published());
    }

    @Test
    void aFullDiskCostsTheOldestAndThatIsCounted() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("spool"));
        assumeTrue(mounted(disk, "2m"), "no file system can be mounted here: this needs root");
        try (EventOutbox publisher = publisher(4 << 20)) { // so that the files are small
            publish(publisher, 0, 15_000);
            await().until(() -> alice.lost() > 0 && bob.lost() > 0);
            broker.start();
            await().atMost(Duration.ofSeconds(120)).until(() -> alice.waiting() + bob.waiting() == 0
                    && alice.acknowledged() == alice.published() && bob.acknowledged() == bob.published());
            // There is room again.
            long lost = alice.lost() + bob.lost();
            publish(publisher, 15_000, 16_000);
            await().atMost(Duration.ofSeconds(120)).until(() -> alice.acknowledged() == alice.published() && alice.waiting() == 0
                    && bob.acknowledged() == bob.published() && bob.waiting() == 0);
            assertThat(alice.lost() + bob.lost()).isEqualTo(lost);
            assertThat(spoolFiles()).isZero();
        } finally {
            run("umount", disk.toString());
        }
        for (EventAccount account : List.of(alice, bob)) {
            List<Long> arrived = arrived(account);
            assertThat(arrived).isSorted().doesNotHaveDuplicates().endsWith(
                    LongStream.range(12_000, 16_000).boxed().toArray(Long[]::new));
            assertThat(arrived.size() + account.lost()).isEqualTo(16_000).isEqualTo(account.accepted());
            assertThat(account.takeUnreported()).singleElement().satisfies(told -> {
                assertThat(told.cause()).isEqualTo(Loss.Cause.CAUSE_SPOOL_FULL);
                assertThat(told.events()).isEqualTo(account.lost());
            });
        }
    }

    @Test
    void aCorruptedSpoolFileCostsItsRestAndNothingElse() throws Exception {
        try (EventOutbox publisher = publisher(DISK / 4)) {
            publish(publisher, 0, 15_000);
            await().until(() -> spoolFiles() > 2);
            Path second; // the oldest has been read already
            try (Stream<Path> files = Files.list(directory.resolve("spool"))) {
                second = files.sorted().skip(1).findFirst().orElseThrow();
            }
            try (FileChannel file = FileChannel.open(second, StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap("damaged".repeat(100).getBytes(StandardCharsets.US_ASCII)), file.size() / 2);
            }
            broker.start();
            await().atMost(Duration.ofSeconds(120)).until(() -> alice.waiting() + bob.waiting() == 0
                    && alice.acknowledged() == alice.published() && bob.acknowledged() == bob.published());
        }
        for (EventAccount account : List.of(alice, bob)) {
            List<Long> arrived = arrived(account);
            assertThat(arrived).isSorted().doesNotHaveDuplicates().startsWith(0L).endsWith(14_999L);
            assertThat(account.lost()).isPositive();
            assertThat(arrived.size() + account.lost()).isEqualTo(15_000);
            assertThat(account.takeUnreported()).singleElement()
                    .matches(told -> told.cause() == Loss.Cause.CAUSE_SPOOL_DAMAGED && told.events() == account.lost());
        }
    }

    @Test
    void whatDoesNotFitAnywhereIsLostOldestFirstAndCounted() throws Exception {
        try (EventOutbox publisher = publisher(1 << 20)) {
            publish(publisher, 0, 20_000);
            await().until(() -> alice.lost() > 0 && bob.lost() > 0);
            broker.start();
            await().atMost(Duration.ofSeconds(120)).until(() -> alice.waiting() + bob.waiting() == 0
                    && alice.acknowledged() == alice.published() && bob.acknowledged() == bob.published());
        }
        for (EventAccount account : List.of(alice, bob)) {
            List<Long> arrived = arrived(account);
            assertThat(arrived).isSorted().doesNotHaveDuplicates().last().isEqualTo(19_999L);
            assertThat(account.accepted()).isEqualTo(20_000);
            assertThat(arrived.size() + account.lost()).isEqualTo(20_000);
            Collection<LostEvents> told = account.takeUnreported();
            assertThat(told).singleElement().satisfies(lost -> {
                assertThat(lost.cause()).isEqualTo(Loss.Cause.CAUSE_SPOOL_FULL);
                assertThat(lost.events()).isEqualTo(account.lost());
            });
        }
    }

    @Test
    void whatKafkaHasNotAtTheAgentsEndIsSentByTheNextAgent() throws Exception {
        try (EventOutbox publisher = publisher(DISK)) {
            publish(publisher, 0, 3_000);
        }
        assertThat(spoolFiles()).isPositive();
        broker.start();
        EventAccount later = new EventAccount("alice", 3);
        try (EventOutbox publisher = publisher(DISK)) {
            publisher.enqueue(later, event(later, 0));
            await().atMost(Duration.ofSeconds(120)).until(() -> later.acknowledged() == 1);
        }
        assertComplete(0, 3_000);
        assertThat(PublishedEvents.all(broker.address()).stream().filter(event -> event.getNode().equals("alice")))
                .last().extracting(NodeEvent::getEpoch).isEqualTo(3L);
    }

    private EventOutbox publisher(long spoolBytes) {
        return publisher(spoolBytes, "lz4");
    }

    private EventOutbox publisher(long spoolBytes, String compression) {
        Map<String, Object> properties = new HashMap<>(broker.properties());
        properties.put("reconnect.backoff.max.ms", 200);
        properties.put("compression.type", compression);
        EventOutbox publisher = new EventOutbox(properties, MEMORY, directory.resolve("spool"), spoolBytes);
        publisher.start();
        return publisher;
    }

    private static boolean mounted(Path directory, String size) throws Exception {
        return run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString()) == 0;
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    private void publish(EventOutbox publisher, long from, long to) throws InterruptedException {
        for (long sequence = from; sequence < to; sequence++) {
            publisher.enqueue(alice, event(alice, sequence));
            publisher.enqueue(bob, event(bob, sequence));
            // These tests do not test how long memory lasts if events come faster than a busy machine moves them.
            while (publisher.bytesInMemory() > MEMORY / 3) {
                Thread.sleep(1);
            }
        }
    }

    private static NodeEvent event(EventAccount account, long sequence) {
        return NodeEvent.newBuilder()
                .setNode(account.node())
                .setEpoch(account.epoch())
                .setSequence(sequence)
                .setObservedAtNs(1_795_361_549_000_000_000L + sequence)
                .setBlockConnected(BlockConnected.newBuilder().setHash(HASH))
                .build();
    }

    private void awaitAcknowledged(long each) {
        await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> assertThat(List.of(alice, bob))
                .allMatch(account -> account.acknowledged() == each));
    }

    private void assertComplete(long from, long to) throws Exception {
        for (EventAccount account : List.of(alice, bob)) {
            List<Long> arrived = arrived(account);
            Set<Long> once = new HashSet<>();
            assertThat(arrived.stream().filter(sequence -> !once.add(sequence))).as("arrived twice").isEmpty();
            assertThat(LongStream.range(from, to).filter(sequence -> !once.contains(sequence)).boxed()).as("did not arrive").isEmpty();
            assertThat(arrived).as("in order").isSorted().hasSize(Math.toIntExact(to - from));
        }
        assertThat(alice.lost() + bob.lost()).isZero();
    }

    private List<Long> arrived(EventAccount account) throws Exception {
        return PublishedEvents.all(broker.address()).stream()
                .filter(event -> event.getNode().equals(account.node()) && event.getEpoch() == account.epoch())
                .map(NodeEvent::getSequence)
                .toList();
    }

    private long spoolFiles() throws Exception {
        try (Stream<Path> files = Files.list(directory.resolve("spool"))) {
            return files.count();
        }
    }
}
