package org.bitcoinwatchdog.alerts;

import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.bitcoinwatchdog.alerts.kafka.AlertReader;
import org.bitcoinwatchdog.alerts.kafka.Clients;
import org.bitcoinwatchdog.alerts.kafka.DeadLetterTopic;
import org.bitcoinwatchdog.alerts.kafka.KafkaMemory;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.alerts.pipeline.AlertMeters;
import org.bitcoinwatchdog.alerts.pipeline.Notifier;
import org.bitcoinwatchdog.alerts.pipeline.SinkState;
import org.bitcoinwatchdog.alerts.sinks.Sinks;

/**
 * One alert worker: reads {@code watchdog.alerts}, tells the sinks and remembers what it told. Several share the topic's
 * partitions.
 */
public final class AlertService implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final Notifier notifier;
    private final AlertReader reader;
    private final AlertMeters meters;
    private final Duration patience;
    private final AtomicReference<Throwable> fault = new AtomicReference<>();

    /**
     * @param kafkaProperties {@code bootstrap.servers} and whatever the connection needs
     * @throws IllegalArgumentException where a sink's secret can't be read or used
     */
    public AlertService(AlertSettings settings, Map<String, Object> kafkaProperties, MeterRegistry registry) {
        this(settings, kafkaProperties, registry, Clock.systemUTC());
    }

    AlertService(AlertSettings settings, Map<String, Object> kafkaProperties, MeterRegistry registry, Clock clock) {
        Map<String, Sink> sinks = Sinks.open(settings, clock);
        Clients clients = new Clients(kafkaProperties);
        meters = new AlertMeters(registry);
        producer = clients.producer();
        KafkaMemory memory = new KafkaMemory(clients, producer, meters);
        DeadLetterTopic deadLetters = new DeadLetterTopic(producer, meters, clock);
        patience = settings.delivery().exchangeTimeout();
        notifier = new Notifier(
                settings, sinks, memory, deadLetters, meters, clock, new SecureRandom(), this::fail);
        reader = new AlertReader(clients, memory, notifier, deadLetters, meters, clock, patience, this::fail);
    }

    public void start() {
        notifier.start();
        reader.start();
    }

    /** What ended the service, if something did: it does not recover by itself and is to be started anew. */
    public Optional<Throwable> fault() {
        return Optional.ofNullable(fault.get());
    }

    /** Why this worker tells nobody now; nothing where it does. */
    public Optional<String> obstacle() {
        return fault().map(cause -> "ended by a fault: " + cause.getClass().getSimpleName())
                .or(() -> meters.partitions() > 0 ? Optional.empty() : Optional.of("no partition is assigned to it"));
    }

    /** How each sink has fared, by its name. */
    public Map<String, SinkState> sinks() {
        return meters.sinks();
    }

    /** Finishes the attempts that are under way, within the time that an attempt may take, and leaves the group. */
    @Override
    public void close() {
        notifier.close(patience);
        reader.close();
        producer.close();
    }

    private void fail(Throwable cause) {
        fault.compareAndSet(null, cause);
    }
}
