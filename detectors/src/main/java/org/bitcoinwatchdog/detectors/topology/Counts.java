package org.bitcoinwatchdog.detectors.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bitcoinwatchdog.detectors.node.Continuity.Arrival;
import org.bitcoinwatchdog.detectors.state.Trouble;
import org.bitcoinwatchdog.detectors.state.UnreadableState;
import org.bitcoinwatchdog.events.Alert;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the detectors count: each event read is new, duplicate, outdated, unnamed or a dead letter. With exactly-once,
 * what a failed transaction did is done and counted again.
 */
public final class Counts implements Trouble {
    private static final Logger LOG = LoggerFactory.getLogger(Counts.class);

    private final MeterRegistry meters;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();
    private final io.micrometer.core.instrument.Counter taken;

    public Counts(MeterRegistry meters) {
        this.meters = meters;
        taken = meters.counter("watchdog.detectors.events", "outcome", "new");
        for (String outcome : new String[] {"duplicate", "outdated", "unnamed", "dead-letter"}) {
            meters.counter("watchdog.detectors.events", "outcome", outcome);
        }
    }

    void event(Arrival arrival) {
        if (arrival == Arrival.NEW) {
            taken.increment();
        } else {
            outcome(arrival == Arrival.DUPLICATE ? "duplicate" : "outdated");
        }
    }

    /** An event without a node's name. */
    void unnamed() {
        outcome("unnamed");
    }

    void deadLetter() {
        outcome("dead-letter");
    }

    private void outcome(String outcome) {
        meters.counter("watchdog.detectors.events", "outcome", outcome).increment();
    }

    void alert(Alert alert) {
        meters.counter("watchdog.detectors.alerts", Tags.of("alertname", alert.labels().get(Alert.ALERTNAME),
                "severity", alert.severity().label(), "status", alert.firing() ? "firing" : "resolved")).increment();
    }

    @Override
    public void failed(String section, RuntimeException cause) {
        meters.counter("watchdog.detectors.failures", "detector", section).increment();
        if (logged.add(section)) {
            LOG.error("Detector {} failed and is switched off for the node or fleet at hand; said once", section, cause);
        }
    }

    @Override
    public void unreadable(String section, UnreadableState cause) {
        meters.counter("watchdog.detectors.unreadable.states", "section", section).increment();
        LOG.warn("The stored state {} can't be read ({}) and starts anew", section, cause.getMessage());
    }
}
