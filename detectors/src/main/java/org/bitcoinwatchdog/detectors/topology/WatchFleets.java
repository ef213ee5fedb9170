package org.bitcoinwatchdog.detectors.topology;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.bitcoinwatchdog.detectors.fleet.FleetWatch;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.ChainStatus;
import org.bitcoinwatchdog.events.NodeDigest;

/** Hands each digest to its network's watch. */
public final class WatchFleets implements Processor<String, NodeDigest, String, WatchFleets.FleetOutput> {
    public static final String STORE = "fleet-watches";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final long NS_PER_MS = 1_000_000;

    /** A fleet's watch writes alerts, and the verdict about deposits. */
    public record FleetOutput(Optional<Alert> alert, Optional<ChainStatus> status) {
        public List<Alert> alerts() {
            return alert.stream().toList();
        }

        public List<ChainStatus> statuses() {
            return status.stream().toList();
        }
    }

    private final NodeWatches watches;
    private final String runbookBase;
    private final Counts counts;
    private ProcessorContext<String, FleetOutput> context;
    private WatchStore<FleetWatch> store;
    private boolean alerted;

    public WatchFleets(NodeWatches watches, String runbookBase, Counts counts) {
        this.watches = watches;
        this.runbookBase = runbookBase;
        this.counts = counts;
    }

    @Override
    public void init(ProcessorContext<String, FleetOutput> context) {
        this.context = context;
        this.store = context.getStateStore(STORE);
        context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::look);
    }

    @Override
    public void process(Record<String, NodeDigest> record) {
        String network = record.key();
        FleetWatch watch = watch(network);
        alerted = false;
        watch.on(record.value(), new FleetAlertWriters(network, runbookBase, alert -> {
            alerted = true;
            counts.alert(alert);
            context.forward(new Record<>(alert.fingerprint(), new FleetOutput(Optional.of(alert), Optional.empty()), record.timestamp()));
            context.commit(); // no one is notified of an alert before it is committed
        }));
        watch.depositsAfter(record.value(), alerted, context.currentSystemTimeMs() * NS_PER_MS)
                .ifPresent(status -> {
                    write(status, record.timestamp());
                    context.commit(); // nor of a changed verdict
                });
    }

    private FleetWatch watch(String network) {
        return store.change(network, stored -> watches.ofFleet(network, stored));
    }

    /** Nodes that are silent write no digest, and a verdict is valid for a minute only. */
    private void look(long nowMs) {
        for (String network : store.names()) {
            try {
                watch(network).depositsAt(nowMs * NS_PER_MS).ifPresent(status -> write(status, nowMs));
            } catch (RuntimeException e) { // the other networks get their verdict; this one expires
                counts.failed("deposit-verdict", e);
            }
        }
    }

    private void write(ChainStatus status, long timestampMs) {
        context.forward(new Record<>(status.network(), new FleetOutput(Optional.empty(), Optional.of(status)), timestampMs));
    }
}
