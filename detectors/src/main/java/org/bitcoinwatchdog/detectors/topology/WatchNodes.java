package org.bitcoinwatchdog.detectors.topology;

import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.node.NodeWatch;
import org.bitcoinwatchdog.events.NodeEvent;

/** Hands each event to its node's watch. */
public final class WatchNodes implements Processor<String, NodeEvent, String, Watched> {
    public static final String STORE = "node-watches";

    private final NodeWatches watches;
    private final String runbookBase;
    private final Counts counts;
    private ProcessorContext<String, Watched> context;
    private WatchStore<NodeWatch> store;
    private ScoreMeters scores;

    public WatchNodes(NodeWatches watches, String runbookBase, Counts counts) {
        this.watches = watches;
        this.runbookBase = runbookBase;
        this.counts = counts;
    }

    @Override
    public void init(ProcessorContext<String, Watched> context) {
        this.context = context;
        this.store = context.getStateStore(STORE);
        this.scores = counts.scores();
    }

    @Override
    public void process(Record<String, NodeEvent> record) {
        NodeEvent event = record.value();
        if (event == null || event.getNode().isEmpty()) {
            counts.unnamed();
            return;
        }
        Function<Function<String, byte[]>, NodeWatch> load = stored -> watches.of(event, stored);
        NodeWatch watch = store.change(event.getNode(), load);
        AlertWriter alerts = AlertWriter.forNode(event.getNode(), event.getNetwork(), runbookBase, alert -> {
            counts.alert(alert);
            context.forward(record.withKey(alert.fingerprint()).withValue(new Watched.Alerted(alert)));
        });
        counts.event(event, watch.on(event, alerts, digest -> {
            scores.on(digest);
            context.forward(record.withKey(event.getNode()).withValue(new Watched.Digested(digest)));
        }));
    }

    @Override
    public void close() {
        scores.close();
    }
}
