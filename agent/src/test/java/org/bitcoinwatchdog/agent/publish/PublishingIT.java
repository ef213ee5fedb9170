package org.bitcoinwatchdog.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.Loss;
import org.bitcoinwatchdog.events.NodeEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real broker that is not there yet, is killed and comes back, or does not come back in time. */
class PublishingIT {
    private static final long MEMORY = 8 << 20;
    private static final long DISK = 64 << 20;
    /** Makes events so large that memory is full after a few thousand. */
    private static final ByteString HASH = ByteString.copyFrom(new byte[200]);

    @TempDir
    private Path directory;

    private Broker broker;
    private final EventAccount alice = new EventAccount("alice", 1);
    private final EventAccount bob = new EventAccount("bob", 2);

    @BeforeEach
    void prepare() throws Exception {
        broker = new Broker(Files.createDirectory(directory.resolve("broker")));
    }

    @AfterEach
    void end() throws Exception {
        broker.close();
    }

    @Test
    void everythingArrivesOnceAndInOrderWhereKafkaComesLater() throws Exception {
        try (NodeEventPublisher publisher = publisher(DISK)) {
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
        try (NodeEventPublisher publisher = publisher(DISK)) {
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
    void whatDoesNotFitAnywhereIsLostOldestFirstAndCounted() throws Exception {
        try (NodeEventPublisher publisher = publisher(1 << 20)) {
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
            Collection<Lost> told = account.takeUnreported();
            assertThat(told).singleElement().satisfies(lost -> {
                assertThat(lost.cause()).isEqualTo(Loss.Cause.CAUSE_SPOOL_FULL);
                assertThat(lost.events()).isEqualTo(account.lost());
            });
        }
    }

    @Test
    void whatKafkaHasNotAtTheAgentsEndIsSentByTheNextAgent() throws Exception {
        try (NodeEventPublisher publisher = publisher(DISK)) {
            publish(publisher, 0, 3_000);
        }
        assertThat(spoolFiles()).isPositive();
        broker.start();
        EventAccount later = new EventAccount("alice", 3);
        try (NodeEventPublisher publisher = publisher(DISK)) {
            publisher.publish(later, event(later, 0));
            await().atMost(Duration.ofSeconds(120)).until(() -> later.acknowledged() == 1);
        }
        assertComplete(0, 3_000);
        assertThat(broker.events().stream().filter(event -> event.getNode().equals("alice")))
                .last().extracting(NodeEvent::getEpoch).isEqualTo(3L);
    }

    private NodeEventPublisher publisher(long spoolBytes) {
        NodeEventPublisher publisher = new NodeEventPublisher(
                broker.clientProperties(), MEMORY, directory.resolve("spool"), spoolBytes);
        publisher.start();
        return publisher;
    }

    private void publish(NodeEventPublisher publisher, long from, long to) throws InterruptedException {
        for (long sequence = from; sequence < to; sequence++) {
            publisher.publish(alice, event(alice, sequence));
            publisher.publish(bob, event(bob, sequence));
            // How long memory lasts where events come faster than a busy machine moves them is not these tests' matter.
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
        List<Long> all = LongStream.range(from, to).boxed().toList();
        assertThat(arrived(alice)).isEqualTo(all);
        assertThat(arrived(bob)).isEqualTo(all);
        assertThat(alice.lost() + bob.lost()).isZero();
    }

    private List<Long> arrived(EventAccount account) throws Exception {
        return broker.events().stream()
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
