package org.bitcoinwatchdog.detectors.topology;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.node.Continuity;
import org.bitcoinwatchdog.detectors.node.Hearing;
import org.bitcoinwatchdog.detectors.node.NodeWatch;
import org.bitcoinwatchdog.detectors.node.Reading;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;

/** Hands each event to its node's watch. */
public final class WatchNodes implements Processor<String, NodeEvent, String, Watched> {
    public static final String STORE = "node-watches";
    static final Duration JUDGE_SILENCE_EVERY = Duration.ofSeconds(5);
    private static final long NS_PER_MS = 1_000_000;

    private final NodeWatches watches;
    private final String runbookBase;
    private final Counts counts;
    private final Promptness promptness;
    private ProcessorContext<String, Watched> context;
    private WatchStore<NodeWatch> store;
    private ScoreMeters scores;

    public WatchNodes(NodeWatches watches, String runbookBase, Counts counts, Promptness promptness) {
        this.watches = watches;
        this.runbookBase = runbookBase;
        this.counts = counts;
        this.promptness = promptness;
    }

    @Override
    public void init(ProcessorContext<String, Watched> context) {
        this.context = context;
        this.store = context.getStateStore(STORE);
        this.scores = counts.scores();
        context.schedule(JUDGE_SILENCE_EVERY, PunctuationType.WALL_CLOCK_TIME, this::judgeSilence);
    }

    @Override
    public void process(Record<String, NodeEvent> record) {
        NodeEvent event = record.value();
        if (event == null || event.getNode().isEmpty()) {
            counts.unnamed();
            return;
        }
        NodeWatch watch = store.change(event.getNode(), stored -> watches.of(event.getNode(), event.getNetwork(), stored));
        Continuity.Arrival arrival = watch.on(event, alerts(event.getNode(), watch, record.timestamp()), digest -> {
            scores.on(digest);
            context.forward(record.withKey(event.getNode()).withValue(new Watched.Digested(marked(digest))));
        });
        counts.event(event, arrival);
        if (arrival == Continuity.Arrival.NEW) {
            watch.heard(event, context.currentSystemTimeMs() * NS_PER_MS);
        }
    }

    private NodeDigest marked(NodeDigest digest) {
        return promptness.behind(context.taskId().partition()) ? digest.toBuilder().setBehind(true).build() : digest;
    }

    /** The one use of the wall clock: a node that is silent advances no time of its own. */
    private void judgeSilence(long nowMs) {
        Reading reading = new Reading(nowMs * NS_PER_MS, promptness.sinceNs(context.taskId().partition()));
        for (String node : store.names()) {
            NodeWatch watch = store.change(node, stored ->
                    watches.of(node, Hearing.networkOf(stored.apply(Hearing.SECTION)), stored));
            watch.judgeSilence(reading, alerts(node, watch, nowMs));
        }
    }

    private AlertWriter alerts(String node, NodeWatch watch, long timestampMs) {
        return AlertWriter.forNode(node, watch.network(), runbookBase, alert -> {
            counts.alert(alert);
            context.forward(new Record<>(alert.fingerprint(), new Watched.Alerted(alert), timestampMs));
        });
    }

    @Override
    public void close() {
        scores.close();
    }
}
