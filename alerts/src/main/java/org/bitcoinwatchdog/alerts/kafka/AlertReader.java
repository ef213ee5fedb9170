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

/** Reads {@code watchdog.alerts}, sharing its partitions with the other workers, and hands each state to the pipeline. */
public final class AlertReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertReader.class);
    private static final Duration SWEEP_INTERVAL = Duration.ofHours(1);
    private static final Duration POLL = Duration.ofMillis(100);
    /** A commit, the consumer's end, and a margin. */
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

    /** What must be known before the first alert is read. */
    public interface StartCondition {
        void await() throws InterruptedException;
    }

    /**
     * @param patience how long a partition that goes to another worker waits for the attempts that are under way
     * @param onFault  told why reading ended, if not by {@link #close}
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

    /** Whether the first partition is this worker's: what only one worker is to do, it does. */
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
                LOG.warn("the reader of alerts does not end within {} s and is left alone", CLOSE_WITHIN.toSeconds());
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
            LOG.debug("reading of alerts ends");
        } catch (RuntimeException | Error e) { // also without memory: a worker that does not read must not seem to
            LOG.error("reading of alerts ends by a fault", e);
            onFault.accept(e);
        }
    }

    /** Reads until closed, or until Kafka was away for longer than the client waits: then a new start is made. */
    private void read() {
        KafkaConsumer<byte[], byte[]> reading = consumer;
        try {
            owned = new OwnedPartitions(reading, log, receivers, meters,
                    () -> closing ? Duration.ZERO : patience, clients.sessionTimeout());
            reading.subscribe(List.of(Topics.ALERTS), owned);
            while (!closing) {
                reading.poll(POLL).forEach(this::accept);
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

    /** A record without value is the end of a key, and none of the detectors' writes one for an alert that fires. */
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
