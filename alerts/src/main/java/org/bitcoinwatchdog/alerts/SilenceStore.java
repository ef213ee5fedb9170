package org.bitcoinwatchdog.alerts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.bitcoinwatchdog.alerts.kafka.Clients;
import org.bitcoinwatchdog.alerts.matching.KnownLabels;
import org.bitcoinwatchdog.alerts.matching.Matcher;
import org.bitcoinwatchdog.alerts.matching.Matchers;
import org.bitcoinwatchdog.alerts.silence.Silence;
import org.bitcoinwatchdog.alerts.silence.SilenceJson;
import org.bitcoinwatchdog.alerts.silence.Silences;
import org.bitcoinwatchdog.events.Topics;
import org.bitcoinwatchdog.events.follow.FollowerThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The silences in {@code watchdog.silences}. Any process can follow, list, add and end them. */
public final class SilenceStore implements AutoCloseable {
    /** How long an ended silence is kept, as in Alertmanager. */
    public static final Duration RETENTION = Duration.ofDays(5);
    private static final Logger LOG = LoggerFactory.getLogger(SilenceStore.class);

    private final Clients clients;
    private final Clock clock;
    private final Producer<byte[], byte[]> producer;
    private final Silences silences = new Silences();
    private final AtomicLong version = new AtomicLong();
    private final Runnable onUnreadable;
    private final FollowerThread table;
    private volatile Optional<String> fault = Optional.empty();

    /** @param kafkaProperties {@code bootstrap.servers} and further properties of the connection */
    public SilenceStore(Map<String, Object> kafkaProperties, Clock clock) {
        this(kafkaProperties, clock, () -> { });
    }

    /**
     * @param kafkaProperties {@code bootstrap.servers} and further properties of the connection
     * @param onUnreadable    is called for each record that is not a silence
     */
    public SilenceStore(Map<String, Object> kafkaProperties, Clock clock, Runnable onUnreadable) {
        this.clients = new Clients(kafkaProperties);
        this.clock = clock;
        this.onUnreadable = onUnreadable;
        this.producer = clients.producer();
        this.table = clients.follow(Topics.SILENCES, this::changed,
                failure -> fault = Optional.of("it no longer reads " + Topics.SILENCES + ": " + failure.getClass().getSimpleName()));
    }

    public void start() {
        table.start();
    }

    /** Why silences are no longer followed; empty while they are. */
    public Optional<String> fault() {
        return fault;
    }

    /** Waits until it knows all silences that were added before the start; false if that takes too long. */
    public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        return table.awaitCaughtUp(patience);
    }

    /** Changes with each added or changed silence, but not when a silence starts or ends by time. */
    public long version() {
        return version.get();
    }

    /** Active and pending silences and those that ended within {@link #RETENTION}, in the order of their starts. */
    public List<Silence> all() {
        return silences.all();
    }

    /**
     * Adds a silence. With a start in the future it is a planned maintenance window.
     *
     * @param startsAt empty: now
     * @return the silence with its id
     * @throws IllegalArgumentException if the silence is not valid; the message is for the user
     * @throws KafkaException           if Kafka does not take it
     */
    public Silence add(List<Matcher> matchers, String author, String comment, Optional<Instant> startsAt, Instant endsAt) {
        matchers.stream().map(Matcher::label).flatMap(label -> KnownLabels.problemOfName(label).stream()).findFirst()
                .ifPresent(problem -> {
                    throw new IllegalArgumentException(problem);
                });
        Instant now = now();
        Silence silence = new Silence(UUID.randomUUID().toString(), matchers, author, comment, startsAt.orElse(now),
                endsAt.truncatedTo(ChronoUnit.MILLIS));
        if (!silence.endsAt().isAfter(now)) {
            throw new IllegalArgumentException("a silence must end in the future");
        }
        write(silence.id(), SilenceJson.write(silence));
        sweep(now);
        return silence;
    }

    /**
     * How many firing alerts the matchers match.
     *
     * @throws KafkaException if Kafka does not answer in time
     */
    public long firing(List<Matcher> matchers, Duration patience) {
        Matchers test = new Matchers(matchers);
        return AlertOverview.alerts(clients, patience).stream()
                .filter(alert -> alert.firing() && test.match(alert.labels())).count();
    }

    /**
     * Ends an active or pending silence.
     *
     * @throws IllegalArgumentException if there is no such silence with this id
     * @throws KafkaException           if Kafka does not take it
     */
    public Silence expire(String id) {
        Instant now = now();
        Silence silence = silences.get(id).filter(known -> known.state(now) != Silence.SilenceState.EXPIRED)
                .orElseThrow(() -> new IllegalArgumentException("there is no active or pending silence " + id));
        Silence ended = silence.ended(now);
        write(id, SilenceJson.write(ended));
        sweep(now);
        return ended;
    }

    @Override
    public void close() {
        table.close();
        producer.close(Clients.CLOSE_WITHIN);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Removes from the topic the silences that ended long ago. */
    private void sweep(Instant now) {
        silences.all().stream()
                .filter(silence -> silence.endsAt().isBefore(now.minus(RETENTION)))
                .forEach(silence -> write(silence.id(), null));
    }

    private void changed(String id, byte[] json) {
        if (!silences.change(id, json)) {
            onUnreadable.run();
            LOG.warn("a record of {} is not a silence and is skipped", Topics.SILENCES);
        }
        version.incrementAndGet();
    }

    /** Returns when Kafka has acknowledged the record. Then it is known here, too. */
    private void write(String id, byte[] json) {
        try {
            producer.send(new ProducerRecord<>(Topics.SILENCES, id.getBytes(java.nio.charset.StandardCharsets.UTF_8), json)).get();
        } catch (ExecutionException e) {
            throw new KafkaException("the silence could not be written: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while the silence was written", e);
        }
        changed(id, json);
    }
}
