package org.bitcoinwatchdog.events.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bitcoinwatchdog.testing.TestBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker. Each test has a topic with two partitions. */
@Timeout(120)
class TopicFollowerIT {
    private static final Instant MORNING = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    private static TestBroker broker;

    private final List<String> read = new ArrayList<>();
    private String topic;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new TestBroker(directory);
        broker.start();
    }

    @AfterAll
    static void endBroker() throws InterruptedException {
        broker.close();
    }

    @BeforeEach
    void createTopic(TestInfo test) throws Exception {
        topic = test.getTestMethod().orElseThrow().getName();
        try (Admin admin = Admin.create(broker.properties())) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        }
        write(0, MORNING, "a");
        write(1, MORNING.plusSeconds(1), "b");
        write(0, MORNING.plusSeconds(60), "c");
        write(1, MORNING.plusSeconds(61), "d");
    }

    @Test
    void readsFromTheBeginning() throws Exception {
        try (TopicFollower follower = TopicFollower.open(broker.properties(), topic, Start.beginning())) {
            assertThat(follower.caughtUp()).isFalse();
            readUntilCaughtUp(follower);
            assertThat(read).containsExactlyInAnyOrder("a waited", "b waited", "c waited", "d waited");
            write(1, MORNING, "e");
            pollUntil(follower, 5);
        }
        assertThat(read).last().isEqualTo("e");
    }

    @Test
    void readsFromATime() throws Exception {
        try (TopicFollower follower =
                TopicFollower.open(broker.properties(), topic, Start.since(MORNING.plusSeconds(61)))) {
            readUntilCaughtUp(follower);
            write(0, MORNING, "e");
            pollUntil(follower, 2);
        }
        assertThat(read).containsExactly("d waited", "e");
    }

    @Test
    void readsFromATimeOfEachPartitionAndNotMoreThanIsWanted() {
        Start start = Start.since(
                Map.of(new TopicPartition(topic, 0), MORNING, new TopicPartition(topic, 7), MORNING), 1);
        try (TopicFollower follower = TopicFollower.open(broker.properties(), topic, start)) {
            readUntilCaughtUp(follower);
        }
        assertThat(read).containsExactly("c waited");
    }

    @Test
    void readsFromNow() throws Exception {
        try (TopicFollower follower = TopicFollower.open(broker.properties(), topic, Start.now())) {
            assertThat(follower.caughtUp()).isTrue();
            write(0, MORNING, "e");
            pollUntil(follower, 1);
            assertThat(follower.moveEnd()).isEqualTo(5);
            assertThat(follower.caughtUp()).isTrue();
        }
        assertThat(read).containsExactly("e");
    }

    @Test
    void readsOnlyThePartitionsThatAreWanted() {
        try (TopicFollower follower = TopicFollower.ofPartitions(broker.properties(), topic, List.of(1))) {
            readUntilCaughtUp(follower);
        }
        assertThat(read).containsExactly("b waited", "d waited");
    }

    @Test
    void readsAPartitionThatIsAddedFromItsBeginning() throws Exception {
        try (TopicFollower follower =
                new TopicFollower(broker.properties(), topic, Start.now(), Duration.ofMillis(200))) {
            readUntilCaughtUp(follower);
            try (Admin admin = Admin.create(broker.properties())) {
                admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
            }
            write(2, MORNING, "e");
            write(0, MORNING, "f");
            pollUntil(follower, 2);
            write(2, MORNING, "g");
            pollUntil(follower, 3);
        }
        assertThat(read).hasSize(3).contains("f", "g").anyMatch(text -> text.startsWith("e"));
    }

    @Test
    void aTopicThatDoesNotExistIsEmptyUntilItIsCreated() throws Exception {
        topic = "created-later";
        try (TopicFollower follower = TopicFollower.open(broker.properties(), topic, Start.now())) {
            assertThat(follower.caughtUp()).isTrue();
            assertThat(follower.poll(POLL)).isEmpty();
            try (Admin admin = Admin.create(broker.properties())) {
                admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            }
            write(0, MORNING, "e");
            pollUntil(follower, 1);
        }
    }

    @Test
    void readsAllThatThereIsOnce() {
        TopicFollower.readAll(broker.properties(), topic, PATIENCE, record -> read.add(text(record.value())));
        assertThat(read).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void goesOnWhereItWasAfterTheBrokerWasAway() throws Exception {
        Queue<String> records = new ConcurrentLinkedQueue<>();
        CompletableFuture<Throwable> fault = new CompletableFuture<>();
        try (FollowerThread thread = new FollowerThread(broker.properties(), topic, Start.beginning(),
                (record, waited) -> records.add(text(record.value())), fault::complete)) {
            thread.start();
            assertThat(thread.awaitCaughtUp(PATIENCE)).isTrue();
            broker.kill();
            broker.start();
            write(1, MORNING, "e");
            await().atMost(PATIENCE).until(() -> records.contains("e"));
        }
        assertThat(records).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
        assertThat(fault).isNotDone();
    }

    @Test
    void waitsForABrokerThatIsAwayAtTheStartAndEndsAtOnceMeanwhile() throws Exception {
        Queue<String> records = new ConcurrentLinkedQueue<>();
        broker.kill();
        Map<String, Object> impatient = new HashMap<>(broker.properties());
        impatient.put("default.api.timeout.ms", 500);
        try (FollowerThread thread = thread(impatient, records);
                FollowerThread other = thread(broker.properties(), records)) {
            thread.start();
            other.start();
            assertThat(thread.awaitCaughtUp(Duration.ofSeconds(2))).isFalse();
            long before = System.nanoTime();
            other.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
            assertThatThrownBy(() -> TopicFollower.readAll(broker.properties(), topic, Duration.ofSeconds(1), record -> { }))
                    .isInstanceOf(KafkaException.class);
            broker.start();
            assertThat(thread.awaitCaughtUp(PATIENCE)).isTrue();
        }
        assertThat(records).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void aFaultOfTheReaderEndsItAndIsReported() throws Exception {
        CompletableFuture<Throwable> fault = new CompletableFuture<>();
        try (FollowerThread thread = new FollowerThread(broker.properties(), topic, Start.beginning(), (record, waited) -> {
            throw new IllegalStateException("a fault");
        }, fault::complete)) {
            thread.start();
            assertThat(thread.awaitCaughtUp(PATIENCE)).isFalse();
        }
        assertThat(fault).isCompletedWithValueMatching(cause -> cause instanceof IllegalStateException);
    }

    private FollowerThread thread(Map<String, Object> kafka, Queue<String> records) {
        return new FollowerThread(kafka, topic, Start.beginning(), (record, waited) -> records.add(text(record.value())),
                failure -> { });
    }

    private void readUntilCaughtUp(TopicFollower follower) {
        await().atMost(PATIENCE).pollInSameThread().pollInterval(Duration.ofMillis(1)).until(() -> {
            poll(follower);
            return follower.caughtUp();
        });
    }

    private void pollUntil(TopicFollower follower, int records) {
        await().atMost(PATIENCE).pollInSameThread().pollInterval(Duration.ofMillis(1)).until(() -> {
            poll(follower);
            return read.size() >= records;
        });
    }

    private void poll(TopicFollower follower) {
        follower.poll(POLL).forEach(record -> read.add(text(record.value()) + (follower.waited(record) ? " waited" : "")));
    }

    private void write(int partition, Instant time, String value) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(broker.properties(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, partition, time.toEpochMilli(), null, value)).get();
        }
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
