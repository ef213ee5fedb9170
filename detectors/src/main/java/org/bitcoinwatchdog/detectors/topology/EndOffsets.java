package org.bitcoinwatchdog.detectors.topology;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.bitcoinwatchdog.events.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka every few seconds how far each partition reaches and how far it is read. Records that were published
 * before the last query and are read now were read promptly. While Kafka does not answer, promptness is unknown; when
 * it answers again, agents have as long as at the start to be heard. A result is valid for 30 s: if the queries end or
 * hang, every partition counts as behind.
 */
public final class EndOffsets implements Promptness, AutoCloseable {
    static final long EVERY_S = 5;
    private static final long VALID_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long NS_PER_MS = 1_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(EndOffsets.class);

    /** Kafka's offsets of each partition. */
    interface Lookup {
        Map<TopicPartition, Long> offsets() throws ExecutionException, InterruptedException, TimeoutException;
    }

    private final String group;
    private final Map<String, Object> adminProperties;
    private final Clock clock = Clock.systemUTC();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "end-offsets");
        made.setDaemon(true);
        return made;
    });
    private final Map<Integer, Long> promptSinceNs = new ConcurrentHashMap<>();
    private final Lookup endOffsets;
    private final Lookup readOffsets;
    private final LongSupplier nanoTime;
    private volatile long judgedAtNs;
    private volatile Optional<String> fault = Optional.empty();
    private volatile Admin admin;
    private Map<TopicPartition, Long> ends = Map.of();
    private long endsAtNs;

    public EndOffsets(String group, Map<String, Object> adminProperties) {
        this.group = group;
        this.adminProperties = adminProperties;
        this.endOffsets = this::endOffsets;
        this.readOffsets = this::readOffsets;
        this.nanoTime = System::nanoTime;
        this.judgedAtNs = nanoTime.getAsLong();
    }

    EndOffsets(Lookup endOffsets, Lookup readOffsets, LongSupplier nanoTime) {
        this.group = "";
        this.adminProperties = Map.of();
        this.endOffsets = endOffsets;
        this.readOffsets = readOffsets;
        this.nanoTime = nanoTime;
        this.judgedAtNs = nanoTime.getAsLong();
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::ask, 0, EVERY_S, TimeUnit.SECONDS);
    }

    @Override
    public OptionalLong sinceNs(int partition) {
        Long since = promptSinceNs.get(partition);
        return since == null || isOld() ? OptionalLong.empty() : OptionalLong.of(since);
    }

    @Override
    public boolean behind(int partition) {
        return isOld() || !promptSinceNs.containsKey(partition);
    }

    /** Why queries to Kafka ended; empty while they continue. */
    public Optional<String> fault() {
        return fault;
    }

    private boolean isOld() {
        return nanoTime.getAsLong() - judgedAtNs > VALID_NS;
    }

    void ask() {
        try {
            long askedAtNs = clock.millis() * NS_PER_MS;
            Map<TopicPartition, Long> nowEnds = endOffsets.offsets();
            Map<TopicPartition, Long> read = readOffsets.offsets();
            judge(read);
            judgedAtNs = nanoTime.getAsLong();
            ends = nowEnds;
            endsAtNs = askedAtNs;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("Kafka does not tell how far events are read", e);
            forget();
        } catch (Error e) { // the executor does not run again after an exception
            LOG.error("The queries for end offsets ended by a fault", e);
            forget();
            fault = Optional.of("the queries for end offsets ended: " + e.getClass().getSimpleName());
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    private void forget() {
        promptSinceNs.clear();
        ends = Map.of();
    }

    private void judge(Map<TopicPartition, Long> read) {
        ends.forEach((partition, end) -> {
            if (read.getOrDefault(partition, 0L) >= end) {
                promptSinceNs.putIfAbsent(partition.partition(), endsAtNs);
            } else {
                promptSinceNs.remove(partition.partition());
            }
        });
    }

    private Map<TopicPartition, Long> endOffsets() throws ExecutionException, InterruptedException, TimeoutException {
        var described = admin().describeTopics(java.util.List.of(Topics.NODE_EVENTS)).allTopicNames()
                .get(EVERY_S, TimeUnit.SECONDS).get(Topics.NODE_EVENTS);
        Map<TopicPartition, OffsetSpec> latest = described.partitions().stream().collect(Collectors.toMap(
                partition -> new TopicPartition(Topics.NODE_EVENTS, partition.partition()), partition -> OffsetSpec.latest()));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin().listOffsets(latest).all().get(EVERY_S, TimeUnit.SECONDS)
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    private Map<TopicPartition, Long> readOffsets() throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> committed = admin().listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata().get(EVERY_S, TimeUnit.SECONDS);
        committed.forEach((partition, offset) -> {
            if (offset != null) {
                offsets.put(partition, offset.offset());
            }
        });
        return offsets;
    }

    /** Created late, since creating it already connects. */
    private Admin admin() {
        if (admin == null) {
            admin = Admin.create(adminProperties);
        }
        return admin;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(2 * EVERY_S, TimeUnit.SECONDS)) {
                LOG.warn("The queries for end offsets did not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (admin != null) {
            admin.close(java.time.Duration.ofSeconds(1));
        }
    }
}
