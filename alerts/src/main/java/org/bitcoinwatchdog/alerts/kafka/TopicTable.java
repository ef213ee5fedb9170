package org.bitcoinwatchdog.alerts.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a whole compacted topic, every partition from its beginning, for a worker that must know all of it. After
 * Kafka was away it is read anew, so what is told of a record must be true however often.
 */
public final class TopicTable implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicTable.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long PAUSE_MS = 500;

    /** One record. */
    public interface Row {
        /** @param value null where the key is gone */
        void changed(String key, byte[] value);
    }

    private final Clients clients;
    private final String topic;
    private final Row row;
    private final Consumer<Throwable> onFault;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile KafkaConsumer<byte[], byte[]> consumer;

    /** @param onFault told why following ended, if not by {@link #close} */
    public TopicTable(Clients clients, String topic, Row row, Consumer<Throwable> onFault) {
        this.clients = clients;
        this.topic = topic;
        this.row = row;
        this.onFault = onFault;
        this.thread = new Thread(this::run, "follow-" + topic);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /**
     * Reads what the topic holds now, once.
     *
     * @return false where that takes too long
     */
    public static boolean read(Clients clients, String topic, Row row, Duration patience) throws InterruptedException {
        AtomicReference<Throwable> fault = new AtomicReference<>();
        try (TopicTable table = new TopicTable(clients, topic, row, fault::set)) {
            table.start();
            return table.awaitCaughtUp(patience) && fault.get() == null;
        }
    }

    /** Waits until everything is known that was written before the start; false where that takes too long. */
    public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        return caughtUp.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    public boolean isCaughtUp() {
        return caughtUp.getCount() == 0;
    }

    @Override
    public void close() {
        closing.countDown();
        caughtUp.countDown();
        KafkaConsumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            thread.join(Clients.CLOSE_WITHIN.multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isClosing()) {
                follow();
                closing.await(PAUSE_MS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (WakeupException e) {
            LOG.debug("following {} ends", topic);
        } catch (RuntimeException | Error e) {
            LOG.error("following {} ends by a fault", topic, e);
            onFault.accept(e);
        }
    }

    private void follow() {
        KafkaConsumer<byte[], byte[]> reading = clients.reader();
        try {
            consumer = reading;
            List<TopicPartition> partitions = reading.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition())).toList();
            if (partitions.isEmpty()) {
                missing();
                return;
            }
            reading.assign(partitions);
            reading.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reading.endOffsets(partitions);
            while (!isClosing()) {
                if (!isCaughtUp() && ends.entrySet().stream().allMatch(end -> reading.position(end.getKey()) >= end.getValue())) {
                    caughtUp.countDown();
                }
                reading.poll(POLL).forEach(this::accept);
            }
        } catch (RetriableException e) {
            LOG.warn("can't read {}, trying again: {}", topic, e.toString());
        } finally {
            Clients.close(reading);
        }
    }

    /** What is not there says nothing; it may be created while this runs. */
    private void missing() {
        if (!isCaughtUp()) {
            LOG.warn("the topic {} does not exist", topic);
            caughtUp.countDown();
        }
    }

    private void accept(ConsumerRecord<byte[], byte[]> record) {
        row.changed(Texts.of(record.key()), record.value());
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }
}
