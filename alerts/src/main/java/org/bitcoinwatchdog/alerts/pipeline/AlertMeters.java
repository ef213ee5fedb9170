package org.bitcoinwatchdog.alerts.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bitcoinwatchdog.events.Alert;

/** The metrics of the alert stage. The values of their labels are limited: names of sinks, outcomes. */
public final class AlertMeters {
    private static final String SINK = "sink";
    private static final String OUTCOME = "outcome";

    private static final Duration[] BOUNDS = Stream.of(10L, 50L, 100L, 250L, 500L, 1_000L, 2_500L, 5_000L, 10_000L,
            30_000L, 60_000L, 300_000L).map(Duration::ofMillis).toArray(Duration[]::new);

    /**
     * What happened at a sink since this worker began.
     *
     * @param failingSince when the first attempt failed after the last success; empty: none failed
     */
    public record SinkState(Optional<Instant> lastSuccess, Optional<Instant> failingSince) {
        static final SinkState NEVER_TRIED = new SinkState(Optional.empty(), Optional.empty());

        SinkState succeeded(Instant now) {
            return new SinkState(Optional.of(now), Optional.empty());
        }

        SinkState failed(Instant now) {
            return new SinkState(lastSuccess, failingSince.or(() -> Optional.of(now)));
        }
    }

    private final MeterRegistry registry;
    private final FiringAlerts firing;
    private final AtomicInteger partitions = new AtomicInteger();
    private final Map<String, SinkState> sinks = new ConcurrentSkipListMap<>();

    public AlertMeters(MeterRegistry registry) {
        this.registry = registry;
        this.firing = new FiringAlerts(registry);
        for (String outcome : new String[] {"routed", "unrouted", "undecodable"}) {
            records(outcome);
        }
        for (String what : new String[] {"delivery", "dead-letter", "offset"}) {
            notKeptOf(what);
        }
        unreadableSilences();
        templateFallbacks("title");
        templateFallbacks("text");
        Gauge.builder("watchdog.alerts.partitions", partitions, AtomicInteger::get)
                .description("Partitions of watchdog.alerts that this worker reads")
                .register(registry);
    }

    /** An alert of the partition has this state now. */
    public void read(Alert alert, int partition) {
        firing.on(alert, partition);
    }

    /** The partition goes to another worker. */
    public void gone(int partition) {
        firing.forget(partition);
    }

    public void partitions(int owned) {
        partitions.set(owned);
    }

    /** The number of partitions that this worker reads now. */
    public int partitions() {
        return partitions.get();
    }

    /** The state of each sink, by its name. */
    public Map<String, SinkState> sinks() {
        return Map.copyOf(sinks);
    }

    void routed(boolean nowhere) {
        records(nowhere ? "unrouted" : "routed").increment();
    }

    /** A record of {@code watchdog.alerts} is not an alert. */
    public void undecodable() {
        records("undecodable").increment();
    }

    /** A record of {@code watchdog.silences} is not a silence. */
    public void unreadableSilence() {
        unreadableSilences().increment();
    }

    /** The template gave no text for an alert, so the default template was used. */
    public void templateFallback(String template) {
        templateFallbacks(template).increment();
    }

    void attempt(String sink, Delivery.Acceptance acceptance, Duration took, Instant now) {
        attempts(sink, acceptance).record(took);
        sinks.compute(sink, (name, state) -> {
            SinkState before = state == null ? SinkState.NEVER_TRIED : state;
            return acceptance == Delivery.Acceptance.DELIVERED ? before.succeeded(now) : before.failed(now);
        });
    }

    /** Firing states that a silence or an inhibition muted. */
    void muted(String sink, int states) {
        hiddenOf(sink).increment(states);
    }

    void delivered(String sink, Duration sinceRead) {
        notifications(sink, "delivered").increment();
        deliveries(sink).record(sinceRead);
    }

    void deadLetter(String sink) {
        notifications(sink, "dead-letter").increment();
    }

    /** A record could not be written to Kafka: {@code delivery}, {@code dead-letter}, {@code offset} or {@code sink-failure}. */
    public void notKept(String what) {
        notKeptOf(what).increment();
    }

    void queue(String sink, SinkQueue queue) {
        Gauge.builder("watchdog.alerts.pending", queue, SinkQueue::pending)
                .description("Alerts with a state that waits for the sink")
                .tag(SINK, sink)
                .register(registry);
        sinks.put(sink, SinkState.NEVER_TRIED);
        TimeGauge.builder("watchdog.alerts.last.success.timestamp", sinks, TimeUnit.MILLISECONDS,
                        states -> states.get(sink).lastSuccess().map(Instant::toEpochMilli).orElse(0L))
                .description("UNIX time at which the sink last accepted a notification; 0 before the first")
                .tag(SINK, sink)
                .register(registry);
        notifications(sink, "delivered");
        notifications(sink, "dead-letter");
        deliveries(sink);
        hiddenOf(sink);
        for (Delivery.Acceptance acceptance : Delivery.Acceptance.values()) {
            attempts(sink, acceptance);
        }
    }

    private Counter records(String outcome) {
        return Counter.builder("watchdog.alerts.records")
                .description("Alert states read, by whether a route leads to a sink")
                .tag(OUTCOME, outcome)
                .register(registry);
    }

    private Counter unreadableSilences() {
        return Counter.builder("watchdog.alerts.unreadable.silences")
                .description("Records of watchdog.silences that are not silences; the worker skips them")
                .register(registry);
    }

    private Counter templateFallbacks(String template) {
        return Counter.builder("watchdog.alerts.template.fallbacks")
                .description("Texts for which a configured template gave nothing, so the default template was used")
                .tag("template", template)
                .register(registry);
    }

    private Counter notifications(String sink, String outcome) {
        return Counter.builder("watchdog.alerts.notifications")
                .description("Notifications, delivered or dead letters")
                .tag(SINK, sink).tag(OUTCOME, outcome)
                .register(registry);
    }

    private Counter hiddenOf(String sink) {
        return Counter.builder("watchdog.alerts.hidden")
                .description("Firing states that a silence or another alert muted")
                .tag(SINK, sink)
                .register(registry);
    }

    private Counter notKeptOf(String what) {
        return Counter.builder("watchdog.alerts.not.kept")
                .description("Records that could not be written to Kafka")
                .tag("what", what)
                .register(registry);
    }

    private Timer attempts(String sink, Delivery.Acceptance acceptance) {
        return Timer.builder("watchdog.alerts.attempt")
                .description("Attempts to deliver a notification, and how long they took")
                .tag(SINK, sink).tag(OUTCOME, acceptance.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private Timer deliveries(String sink) {
        return Timer.builder("watchdog.alerts.delivery")
                .description("Time from reading a state of an alert until the sink took it")
                .serviceLevelObjectives(BOUNDS)
                .tag(SINK, sink)
                .register(registry);
    }
}
