package org.bitcoinwatchdog.alerts.kafka;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.bitcoinwatchdog.alerts.pipeline.AlertMeters;
import org.bitcoinwatchdog.alerts.pipeline.AlertRecord;
import org.bitcoinwatchdog.alerts.pipeline.Pipeline;
import org.bitcoinwatchdog.alerts.pipeline.Receivers;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the partitions of {@code watchdog.alerts} that this worker owns, and passes each state to the pipeline. */
public final class AlertReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertReader.class);
    private static final Duration SWEEP_INTERVAL = Duration.ofHours(1);
    /** Time for a commit, for closing the consumer, and a margin. */
    private static final Duration CLOSE_WITHIN = Clients.CLOSE_WITHIN.multipliedBy(3);

    private final Clients clients;
    private final KafkaNotificationLog log;
    private final Pipeline pipeline;
    private final Receivers receivers;
    private final DeadLetterTopic deadLetters;
    private final AlertMeters meters;
    private final Clock clock;
    private final Duration patience;
    private final StartCondition startCondition;
    private final Thread thread;
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean closing;
    private volatile boolean first;
    private Instant nextSweep = Instant.MIN;
    private OwnedPartitions owned;

    /** Waits until the worker may read the first alert. */
    public interface StartCondition {
        void await() throws InterruptedException;
    }

    /**
     * @param patience how long to wait for the attempts under way when a partition goes to another worker
     * @param onFault  called with the fault that ends the reading
     */
    public AlertReader(Clients clients, KafkaNotificationLog log, Pipeline pipeline, Receivers receivers,
            DeadLetterTopic deadLetters, AlertMeters meters, Clock clock, Duration patience, StartCondition startCondition,
            Consumer<Throwable> onFault) {
        this.clients = clients;
        this.log = log;
        this.pipeline = pipeline;
        this.receivers = receivers;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.clock = clock;
        this.patience = patience;
        this.startCondition = startCondition;
        this.consumer = clients.worker();
        this.thread = new Thread(() -> run(onFault), "alert-reader");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Whether this worker owns the first partition. Its owner does what only one worker must do. */
    public boolean ownsFirst() {
        return first;
    }

    /** Leaves the group, so that others take over at once. */
    @Override
    public void close() {
        closing = true;
        if (thread.getState() == Thread.State.NEW) {
            Clients.close(consumer);
            return;
        }
        consumer.wakeup();
        try {
            thread.join(CLOSE_WITHIN.toMillis());
            if (thread.isAlive()) {
                LOG.warn("the thread that reads alerts did not end within {} s", CLOSE_WITHIN.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Consumer<Throwable> onFault) {
        try {
            startCondition.await();
            read();
            while (!closing) {
                consumer = clients.worker();
                read();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (WakeupException e) {
            LOG.debug("the reading of alerts ends");
        } catch (RuntimeException | Error e) { // also without free memory: a worker that does not read must report it
            LOG.error("a fault ends the reading of alerts", e);
            onFault.accept(e);
        }
    }

    /** Reads until closed, or until Kafka is away for longer than the client waits. Then the caller starts again. */
    private void read() {
        KafkaConsumer<byte[], byte[]> reading = consumer;
        try {
            owned = new OwnedPartitions(reading, log, receivers, meters,
                    () -> closing ? Duration.ZERO : patience, clients.sessionTimeout());
            reading.subscribe(List.of(Topics.ALERTS), owned);
            while (!closing) {
                reading.poll(owned.commitInterval()).forEach(this::accept);
                owned.releaseWhenCaughtUp();
                owned.commit();
                first = owned.owns(0);
                sweep();
            }
        } catch (RetriableException e) {
            LOG.warn("can't read alerts from Kafka, trying again: {}", e.toString());
        } finally {
            Clients.close(reading);
        }
    }

    private void sweep() {
        Instant now = clock.instant();
        if (!now.isBefore(nextSweep) && receivers.holdsLease()) {
            nextSweep = now.plus(SWEEP_INTERVAL);
            log.sweep(now);
        }
    }

    private void accept(ConsumerRecord<byte[], byte[]> record) {
        boolean history = owned.isHistory(record);
        decode(record, history).ifPresent(alert -> {
            meters.read(alert, record.partition());
            pipeline.accept(new AlertRecord(alert, record.value(), record.partition(), record.offset(),
                    Instant.ofEpochMilli(record.timestamp()), clock.instant()), history);
        });
    }

    /** A record without a value removes a key. Detectors do not write one for a firing alert. */
    private Optional<Alert> decode(ConsumerRecord<byte[], byte[]> record, boolean history) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(AlertDecoder.read(record.key(), record.value()));
        } catch (IOException e) {
            if (!history) {
                meters.undecodable();
                LOG.warn("record {} of {}-{} is not an alert and is skipped: {}", record.offset(), record.topic(),
                        record.partition(), e.getMessage());
                deadLetters.undecodable(record, e.getMessage());
            }
            return Optional.empty();
        }
    }
}
