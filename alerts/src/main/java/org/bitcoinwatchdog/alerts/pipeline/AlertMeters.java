package org.bitcoinwatchdog.alerts.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** The figures of the alert stage. Labels are bounded: sinks by name, outcomes. */
public final class AlertMeters {
    private static final String SINK = "sink";
    private static final String OUTCOME = "outcome";

    private final MeterRegistry registry;

    public AlertMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void routed(boolean nowhere) {
        registry.counter("watchdog.alerts.records", OUTCOME, nowhere ? "unrouted" : "routed").increment();
    }

    /** A record of {@code watchdog.alerts} that is no alert. */
    public void undecodable() {
        registry.counter("watchdog.alerts.records", OUTCOME, "undecodable").increment();
    }

    void attempt(String sink, Verdict verdict, Duration took) {
        String outcome = verdict.name().toLowerCase(Locale.ROOT);
        Timer.builder("watchdog.alerts.attempt")
                .description("One attempt to hand a notification to a sink")
                .tag(SINK, sink).tag(OUTCOME, outcome)
                .register(registry)
                .record(took);
    }

    void delivered(String sink, Duration sinceRead) {
        notifications(sink, "delivered").increment();
        Timer.builder("watchdog.alerts.delivery")
                .description("From reading an alert's state to the sink's acceptance")
                .tag(SINK, sink)
                .register(registry)
                .record(sinceRead);
    }

    void deadLetter(String sink) {
        notifications(sink, "dead-letter").increment();
    }

    /** Something that should be in Kafka and is not: {@code delivery}, {@code dead-letter} or {@code offset}. */
    public void notKept(String what) {
        registry.counter("watchdog.alerts.not.kept", "what", what).increment();
    }

    void queue(String sink, SinkQueue queue) {
        Gauge.builder("watchdog.alerts.pending", queue, SinkQueue::pending)
                .description("Alerts of which the sink has still to be told")
                .tag(SINK, sink)
                .register(registry);
        notifications(sink, "delivered");
        notifications(sink, "dead-letter");
    }

    private Counter notifications(String sink, String outcome) {
        return registry.counter("watchdog.alerts.notifications", SINK, sink, OUTCOME, outcome);
    }
}
