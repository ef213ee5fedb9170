package org.bitcoinwatchdog.alerts;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.bitcoinwatchdog.alerts.inhibition.Inhibition;
import org.bitcoinwatchdog.alerts.kafka.AlertDecoder;
import org.bitcoinwatchdog.alerts.kafka.AlertReader;
import org.bitcoinwatchdog.alerts.kafka.Clients;
import org.bitcoinwatchdog.alerts.kafka.DeadLetterTopic;
import org.bitcoinwatchdog.alerts.kafka.DigestActivity;
import org.bitcoinwatchdog.alerts.kafka.FailedSinks;
import org.bitcoinwatchdog.alerts.kafka.KafkaNotificationLog;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.alerts.pipeline.AlertMeters.SinkState;
import org.bitcoinwatchdog.alerts.pipeline.AlertMeters;
import org.bitcoinwatchdog.alerts.pipeline.Delivery;
import org.bitcoinwatchdog.alerts.pipeline.Heartbeat;
import org.bitcoinwatchdog.alerts.pipeline.Mutes;
import org.bitcoinwatchdog.alerts.pipeline.Pipeline;
import org.bitcoinwatchdog.alerts.pipeline.Receivers;
import org.bitcoinwatchdog.alerts.silence.Silences;
import org.bitcoinwatchdog.alerts.sinks.Sinks;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Topics;
import org.bitcoinwatchdog.events.follow.FollowerThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One alert worker: reads {@code watchdog.alerts}, notifies through the sinks and logs the notifications. Several workers share
 * the partitions of the topic.
 */
public final class AlertService implements AutoCloseable {
    private static final Duration TABLES_PATIENCE = Duration.ofSeconds(10);
    /** How long {@link #close}, or another worker, waits for attempts under way. */
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(15);
    private static final Logger LOG = LoggerFactory.getLogger(AlertService.class);
    private final Producer<byte[], byte[]> producer;
    private final Receivers receivers;
    private final Pipeline pipeline;
    private final AlertReader reader;
    private final AlertMeters meters;
    private final Silences silences = new Silences();
    private final Inhibition inhibition;
    private final FailedSinks failedSinks;
    private final Heartbeat heartbeat;
    private final List<FollowerThread> tables;
    private final Duration patience;
    private final CompletableFuture<Throwable> fault = new CompletableFuture<>();

    /**
     * @param kafkaProperties {@code bootstrap.servers} and further properties of the connection
     * @throws IllegalArgumentException if a secret of a sink can't be read or used
     */
    public AlertService(AlertSettings settings, Map<String, Object> kafkaProperties, MeterRegistry registry) {
        this(settings, kafkaProperties, registry, Clock.systemUTC());
    }

    AlertService(AlertSettings settings, Map<String, Object> kafkaProperties, MeterRegistry registry, Clock clock) {
        settings.requireConsistent();
        meters = new AlertMeters(registry);
        Map<String, Sink> sinks = Sinks.open(settings, clock, meters::templateFallback);
        Clients clients = new Clients(kafkaProperties);
        producer = clients.producer();
        KafkaNotificationLog log = new KafkaNotificationLog(clients, producer, meters);
        DeadLetterTopic deadLetters = new DeadLetterTopic(producer, meters, clock);
        inhibition = new Inhibition(settings.inhibit());
        patience = shorter(settings.delivery().exchangeTimeout(), LONGEST_PATIENCE);
        failedSinks = new FailedSinks(producer, meters, clock);
        Delivery delivery = new Delivery(settings.delivery(), new SecureRandom(), meters, clock, deadLetters, failedSinks);
        receivers = new Receivers(sinks, meters, clock, this::fail);
        pipeline = new Pipeline(settings, receivers, new Mutes(inhibition, silences), log, delivery, meters, clock);
        tables = List.of(
                clients.follow(Topics.SILENCES, this::silenceChanged, this::fail),
                clients.follow(Topics.ALERTS, this::alertChanged, this::fail));
        reader = new AlertReader(
                clients, log, pipeline, receivers, deadLetters, meters, clock, patience, this::awaitTables, this::fail);
        heartbeat = new Heartbeat(settings.heartbeat(), sinks, new DigestActivity(clients),
                () -> obstacle().isEmpty() && receivers.holdsLease() && reader.ownsFirst(),
                log, meters, clock, this::fail);
    }

    public void start() {
        tables.forEach(FollowerThread::start);
        receivers.start(pipeline);
        reader.start();
        heartbeat.start();
    }

    /** The fault that ended the service, if any. The service does not recover: start a new one. */
    public Optional<Throwable> fault() {
        return Optional.ofNullable(fault.getNow(null));
    }

    /** Completes with the fault that ends the service. */
    public CompletableFuture<Throwable> faulted() {
        return fault;
    }

    /** Why this worker does not notify now; empty if it does. */
    public Optional<String> obstacle() {
        return fault().map(cause -> "ended by a fault: " + cause.getClass().getSimpleName())
                .or(() -> meters.partitions() > 0 ? Optional.empty() : Optional.of("it has no partition of watchdog.alerts"));
    }

    /** The state of each sink, by its name. */
    public Map<String, SinkState> sinks() {
        return meters.sinks();
    }

    /** Waits for the attempts under way, 15 s at most, and leaves the group. */
    @Override
    public void close() {
        heartbeat.close();
        receivers.close(patience);
        tables.forEach(FollowerThread::close);
        reader.close();
        producer.close(Clients.CLOSE_WITHIN);
    }

    private void silenceChanged(String id, byte[] json) {
        if (silences.change(id, json)) {
            receivers.reconsider();
        } else {
            meters.unreadableSilence();
            LOG.warn("a record of {} is not a silence and is skipped", Topics.SILENCES);
        }
    }

    /** Alerts of all partitions. The owner of a partition reports its records that can't be read. */
    private void alertChanged(String fingerprint, byte[] json) {
        try {
            boolean weaker;
            if (json == null) {
                weaker = inhibition.remove(fingerprint);
            } else {
                Alert alert = AlertDecoder.read(fingerprint, json);
                failedSinks.accept(alert);
                weaker = inhibition.accept(alert);
            }
            if (weaker) {
                receivers.reconsider();
            }
        } catch (IOException e) {
            LOG.debug("a record of {} is not an alert: {}", Topics.ALERTS, e.getMessage());
        }
    }

    /** Notifications wait until the silences and the firing alerts are known. They do not wait for a topic that does not answer. */
    private void awaitTables() throws InterruptedException {
        for (FollowerThread table : tables) {
            if (!table.awaitCaughtUp(TABLES_PATIENCE)) {
                LOG.warn("not all silences and firing alerts could be read within {} s, so people may be notified of muted alerts", TABLES_PATIENCE.toSeconds());
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void fail(Throwable cause) {
        fault.complete(cause);
    }
}
