package org.bitcoinwatchdog.detectors.topology;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.bitcoinwatchdog.events.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka every few seconds how far each partition reaches and how far it is read. What was published by the last
 * time and is read by now was read promptly. While Kafka does not answer, nothing is known, and when it answers again
 * the agents have as long as at the start to be heard of.
 */
public final class EndOffsets implements Promptness, AutoCloseable {
    static final long EVERY_S = 5;
    private static final long NS_PER_MS = 1_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(EndOffsets.class);

    private final String group;
    private final Map<String, Object> adminProperties;
    private final Clock clock = Clock.systemUTC();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "end-offsets");
        made.setDaemon(true);
        return made;
    });
    private final Map<Integer, Long> promptSinceNs = new ConcurrentHashMap<>();
    private volatile Admin admin;
    private Map<TopicPartition, Long> ends = Map.of();
    private long endsAtNs;

    public EndOffsets(String group, Map<String, Object> adminProperties) {
        this.group = group;
        this.adminProperties = adminProperties;
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::ask, 0, EVERY_S, TimeUnit.SECONDS);
    }

    @Override
    public OptionalLong sinceNs(int partition) {
        Long since = promptSinceNs.get(partition);
        return since == null ? OptionalLong.empty() : OptionalLong.of(since);
    }

    @Override
    public boolean behind(int partition) {
        return !promptSinceNs.containsKey(partition);
    }

    private void ask() {
        try {
            long askedAtNs = clock.millis() * NS_PER_MS;
            Map<TopicPartition, Long> nowEnds = endOffsets();
            Map<TopicPartition, Long> read = readOffsets();
            judge(read);
            ends = nowEnds;
            endsAtNs = askedAtNs;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("How far events are read is not known", e);
            promptSinceNs.clear();
            ends = Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
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

    /** Made late, since making one already connects. */
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
                LOG.warn("Asking for end offsets did not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (admin != null) {
            admin.close(java.time.Duration.ofSeconds(1));
        }
    }
}
