package org.bitcoinwatchdog.detectors.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bitcoinwatchdog.detectors.node.Continuity.Arrival;
import org.bitcoinwatchdog.detectors.state.Faults;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.NodeEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the detectors count. Each event read is new, duplicate, outdated, unnamed, unfollowed or a dead letter. With
 * exactly-once, the events of a failed transaction are processed and counted again.
 */
public final class Counts implements Faults {
    private static final Logger LOG = LoggerFactory.getLogger(Counts.class);

    private final MeterRegistry meters;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();
    private final Counter taken;
    private final Counter faults;
    private final Counter replaced;
    private final Map<NodeEvent.BodyCase, Counter> takenByType = new EnumMap<>(NodeEvent.BodyCase.class);
    private final AtomicLong newestEventNs = new AtomicLong();
    private final RecentFaults recent = new RecentFaults();

    public Counts(MeterRegistry meters) {
        this.meters = meters;
        taken = events("new");
        faults = Counter.builder("watchdog.detectors.faults")
                .description("Records in the dead letters because the detectors failed to process them")
                .register(meters);
        replaced = Counter.builder("watchdog.detectors.threads.replaced")
                .description("Threads of Kafka Streams that ended by a fault and were replaced")
                .register(meters);
        for (String outcome : new String[] {"duplicate", "outdated", "unnamed", "unfollowed", "dead-letter"}) {
            events(outcome);
        }
        for (NodeEvent.BodyCase body : NodeEvent.BodyCase.values()) {
            takenByType.put(body, Counter.builder("watchdog.detectors.new.events")
                    .description("New events read, by type")
                    .tag("type", body == NodeEvent.BodyCase.BODY_NOT_SET ? "unknown" : word(body))
                    .register(meters));
        }
        TimeGauge.builder("watchdog.detectors.newest.event.timestamp", newestEventNs, TimeUnit.NANOSECONDS, AtomicLong::get)
                .description("UNIX time of the newest event that was read; 0 before the first")
                .register(meters);
    }

    /** The gauges of one reader's nodes. */
    ScoreMeters scores() {
        return new ScoreMeters(meters);
    }

    void event(NodeEvent event, Arrival arrival) {
        if (arrival == Arrival.NEW) {
            taken.increment();
            takenByType.get(event.getBodyCase()).increment();
            if (event.getObservedAtNs() > newestEventNs.getPlain()) {
                newestEventNs.lazySet(event.getObservedAtNs());
            }
        } else {
            outcome(arrival == Arrival.DUPLICATE ? "duplicate" : "outdated");
        }
    }

    /** An event without a node's name. */
    void unnamed() {
        outcome("unnamed");
    }

    /** An event that was in transit when its node was given up. */
    void unfollowed() {
        outcome("unfollowed");
    }

    void deadLetter() {
        outcome("dead-letter");
    }

    /** A record that went to the dead letters because the watchdog failed to process it. */
    void fault(String cause) {
        recent.fault("sent a record to the dead letters: " + cause);
        faults.increment();
    }

    /**
     * A thread of Kafka Streams ended by a fault. A single one is replaced within seconds; repeated ends are reported.
     */
    public void threadReplaced() {
        recent.threadEnded();
        replaced.increment();
    }

    /** Faults within that time after which the detectors continued. */
    public Optional<String> faultWithin(Duration span) {
        return recent.within(span);
    }

    private void outcome(String outcome) {
        events(outcome).increment();
    }

    private Counter events(String outcome) {
        return Counter.builder("watchdog.detectors.events")
                .description("Events read, by outcome")
                .tag("outcome", outcome)
                .register(meters);
    }

    void alert(Alert alert) {
        Counter.builder("watchdog.detectors.alerts")
                .description("Alert states written: starts, changes, updates and ends")
                .tags("alertname", alert.labels().get(Alert.ALERTNAME), "severity", alert.severity().label(),
                        "status", alert.firing() ? "firing" : "resolved")
                .register(meters)
                .increment();
    }

    @Override
    public void failed(String section, RuntimeException cause) {
        Counter.builder("watchdog.detectors.failures")
                .description("Faults of rules; a rule that fails is suspended for this node or fleet, and starts anew")
                .tag("detector", section)
                .register(meters)
                .increment();
        if (logged.add(section)) {
            LOG.error("Rule {} failed and is suspended for this node or fleet; logged once", section, cause);
        }
    }

    @Override
    public void unreadable(String section, RuntimeException cause) {
        Counter.builder("watchdog.detectors.unreadable.states")
                .description("Stored states that could not be read and started anew")
                .tag("section", section)
                .register(meters)
                .increment();
        LOG.warn("The stored state {} can't be read ({}) and starts anew", section, cause.getMessage());
    }

    private static String word(NodeEvent.BodyCase body) {
        return body.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
