package org.bitcoinwatchdog.deploy.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.bitcoinwatchdog.alerts.SilenceStore;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.bitcoinwatchdog.deploy.console.http.ConsolePages;
import org.bitcoinwatchdog.deploy.console.http.Views;
import org.bitcoinwatchdog.deploy.console.model.AlertBook;
import org.bitcoinwatchdog.deploy.console.model.AutonomousSystems;
import org.bitcoinwatchdog.deploy.console.model.ChainStatuses;
import org.bitcoinwatchdog.deploy.console.model.Fleet;
import org.bitcoinwatchdog.deploy.console.silence.KeptSilences;
import org.bitcoinwatchdog.deploy.http.WebServer;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertSerde;
import org.bitcoinwatchdog.events.ChainStatus;
import org.bitcoinwatchdog.events.ChainStatusSerde;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeDigestSerde;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEventSerde;
import org.bitcoinwatchdog.events.Topics;
import org.bitcoinwatchdog.events.follow.FollowerThread;
import org.bitcoinwatchdog.events.follow.Start;

/** The page for people: topics → followers → models → JSON and server-sent events. Reads only, but for silences. */
public final class Console implements AutoCloseable {
    /** So that a new page shows rates at once. */
    private static final Duration EVENTS_LOOK_BACK = Duration.ofMinutes(5);
    private static final Duration DIGESTS_LOOK_BACK = Duration.ofMinutes(30);

    private static final int BATCH_BYTES = 1 << 18;
    private static final int BATCH_MS = 1_000;

    private final Clock clock;
    private final Fleet fleet;
    private final AlertBook alerts = new AlertBook();
    private final ChainStatuses chains = new ChainStatuses();
    private final SilenceStore silences;
    private final ConsolePages pages;
    private final List<FollowerThread> followers;
    private volatile Optional<String> fault = Optional.empty();
    private volatile Consumer<String> onUnfollowed = name -> { };
    private final Deserializer<NodeEvent> events = new NodeEventSerde().deserializer();
    private final Deserializer<NodeDigest> digests = new NodeDigestSerde().deserializer();
    private final Deserializer<ChainStatus> chainStatuses = new ChainStatusSerde().deserializer();
    private final Deserializer<Alert> alertRecords = new AlertSerde().deserializer();

    /**
     * @param systems for grouping by autonomous system
     * @param kafka {@code bootstrap.servers} and whatever the connection needs
     * @throws IllegalArgumentException if other machines could open the console without a password
     */
    public Console(HttpSettings settings, AutonomousSystems systems, Map<String, Object> kafka, Clock clock, MeterRegistry meters) {
        ConsolePages.requireAccessControl(settings);
        this.clock = clock;
        this.fleet = new Fleet(clock, systems, name -> onUnfollowed.accept(name));
        this.silences = new SilenceStore(kafka, clock, records(meters, Topics.SILENCES, "unreadable")::increment);
        this.pages = new ConsolePages(settings, new Views(fleet, alerts, chains, new KeptSilences(silences, clock), clock));
        Instant now = clock.instant();
        this.followers = List.of(
                follower(Topics.NODE_EVENTS, inBatches(kafka), Start.since(now.minus(EVENTS_LOOK_BACK)), meters, this::event),
                follower(Topics.NODE_DIGESTS, inBatches(kafka), Start.since(now.minus(DIGESTS_LOOK_BACK)), meters, this::digest),
                follower(Topics.ALERTS, kafka, Start.beginning(), meters, this::alert),
                follower(Topics.CHAIN_STATUS, kafka, Start.beginning(), meters, this::chainStatus));
    }

    public void mount(WebServer server) {
        pages.mount(server);
    }

    /** @param listener is called with the name of each node that is no longer followed, more than once if it returns */
    public void onUnfollowed(Consumer<String> listener) {
        onUnfollowed = listener;
    }

    public void start() {
        silences.start();
        followers.forEach(FollowerThread::start);
    }

    /** The console's own fault because of which its page is incomplete; empty without one. */
    public Optional<String> fault() {
        return fault.or(silences::fault);
    }

    @Override
    public void close() {
        followers.forEach(FollowerThread::close);
        pages.close();
        silences.close();
    }

    /** People read no faster: a request a second brings all events of that second. */
    private static Map<String, Object> inBatches(Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, BATCH_BYTES);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, BATCH_MS);
        return properties;
    }

    /** Counts the records that can't be decoded and skips them. No refusal of Kafka ends the console: the pages say what is missing. */
    private FollowerThread follower(String topic, Map<String, Object> kafka, Start start, MeterRegistry meters,
            FollowerThread.OnRecord fold) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "watchdog-console-" + topic);
        Counter read = records(meters, topic, "read");
        Counter unreadable = records(meters, topic, "unreadable");
        return new FollowerThread(properties, topic, start, KafkaException.class, (record, waited) -> {
            try {
                fold.read(record, waited);
                read.increment();
            } catch (SerializationException e) {
                unreadable.increment();
            }
        }, failure -> fault = Optional.of("no longer reads " + topic + ": " + failure.getClass().getSimpleName()));
    }

    private static Counter records(MeterRegistry meters, String topic, String outcome) {
        return Counter.builder("watchdog.console.records")
                .description("Records that the console has read from Kafka")
                .tags("topic", topic, "outcome", outcome)
                .register(meters);
    }

    private void event(ConsumerRecord<byte[], byte[]> record, boolean waited) {
        NodeEvent event = events.deserialize(record.topic(), record.value());
        if (event != null) {
            fleet.fold(event, heardAt(record, waited));
        }
    }

    private void digest(ConsumerRecord<byte[], byte[]> record, boolean waited) {
        NodeDigest digest = digests.deserialize(record.topic(), record.value());
        if (digest != null) {
            fleet.fold(digest, heardAt(record, waited));
        }
    }

    private void alert(ConsumerRecord<byte[], byte[]> record, boolean waited) {
        Alert alert = alertRecords.deserialize(record.topic(), record.value());
        if (alert != null) {
            alerts.fold(alert);
        } else if (record.key() != null) {
            alerts.forget(new String(record.key(), StandardCharsets.UTF_8));
        }
    }

    private void chainStatus(ConsumerRecord<byte[], byte[]> record, boolean waited) {
        ChainStatus status = chainStatuses.deserialize(record.topic(), record.value());
        if (status != null) {
            chains.fold(status);
        } else if (record.key() != null) {
            chains.forget(new String(record.key(), StandardCharsets.UTF_8));
        }
    }

    /** Old records were heard at their own time, new ones are heard now. The node's clock does not matter. */
    private Instant heardAt(ConsumerRecord<byte[], byte[]> record, boolean waited) {
        Instant now = clock.instant();
        Instant happened = Instant.ofEpochMilli(record.timestamp());
        return waited && happened.isBefore(now) ? happened : now;
    }
}
