package org.bitcoinwatchdog.detectors.topology;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.bitcoinwatchdog.detectors.fleet.FleetWatch;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.NodeDigest;

/** Hands each digest to its network's watch. */
public final class WatchFleets implements Processor<String, NodeDigest, String, Alert> {
    public static final String STORE = "fleet-watches";

    private final NodeWatches watches;
    private final String runbookBase;
    private final Counts counts;
    private ProcessorContext<String, Alert> context;
    private WatchStore<FleetWatch> store;

    public WatchFleets(NodeWatches watches, String runbookBase, Counts counts) {
        this.watches = watches;
        this.runbookBase = runbookBase;
        this.counts = counts;
    }

    @Override
    public void init(ProcessorContext<String, Alert> context) {
        this.context = context;
        this.store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, NodeDigest> record) {
        String network = record.key();
        FleetWatch watch = store.change(network, stored -> watches.ofFleet(network, stored));
        watch.on(record.value(), new FleetAlertWriters(network, runbookBase, alert -> {
            counts.alert(alert);
            context.forward(record.withKey(alert.fingerprint()).withValue(alert));
            context.commit(); // no one is notified of an alert before it is committed
        }));
    }
}
