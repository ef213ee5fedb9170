package org.bitcoinwatchdog.detectors.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.node.Continuity;
import org.bitcoinwatchdog.detectors.node.NodeWatch;
import org.bitcoinwatchdog.detectors.node.Reading;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;

/** Hands each event to its node's watch. */
public final class WatchNodes implements Processor<String, NodeEvent, String, WatchNodes.NodeOutput> {
    public static final String STORE = "node-watches";

    /** Output of a node's watch: an alert or a digest. */
    public sealed interface NodeOutput {
        record Alerted(Alert alert) implements NodeOutput {
            @Override
            public List<Alert> alerts() {
                return List.of(alert);
            }
        }

        record Digested(NodeDigest digest) implements NodeOutput {
            @Override
            public List<NodeDigest> digests() {
                return List.of(digest);
            }
        }

        default List<Alert> alerts() {
            return List.of();
        }

        default List<NodeDigest> digests() {
            return List.of();
        }
    }

    static final Duration JUDGE_SILENCE_EVERY = Duration.ofSeconds(5);
    private static final long NS_PER_MS = 1_000_000;
    private static final int MOST_UNFOLLOWED = 10_000;

    private final NodeWatches watches;
    private final String runbookBase;
    private final Counts counts;
    private final Promptness promptness;
    private ProcessorContext<String, NodeOutput> context;
    private WatchStore<NodeWatch> store;
    private ScoreMeters scores;
    private final List<Record<String, NodeOutput>> out = new ArrayList<>();
    private final Consumer<NodeDigest> digests = this::digest;
    /** By node. */
    private final Map<String, AlertWriter> writers = new HashMap<>();
    /** Nodes given up since the detectors started, and not heard since. */
    private final Set<String> unfollowed = new LinkedHashSet<>();

    public WatchNodes(NodeWatches watches, String runbookBase, Counts counts, Promptness promptness) {
        this.watches = watches;
        this.runbookBase = runbookBase;
        this.counts = counts;
        this.promptness = promptness;
    }

    @Override
    public void init(ProcessorContext<String, NodeOutput> context) {
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
        if (event.hasNodeUnfollowed()) {
            unfollow(event, record.timestamp());
            counts.event(event, Continuity.Arrival.NEW);
            return;
        }
        if (!unfollowed.isEmpty() && !makesKnown(event)) {
            counts.unfollowed();
            return;
        }
        take(event, record.timestamp());
    }

    private void take(NodeEvent event, long timestampMs) {
        String node = event.getNode();
        try {
            NodeWatch watch = store.change(node, stored -> watches.of(node, event.getNetwork(), event.getWitness(), stored));
            if (watch.becomesAnother(event)) {
                watch = move(watch, event);
            }
            Continuity.Arrival arrival = watch.on(event, alerts(node, watch.network()), digests);
            counts.event(event, arrival);
            if (arrival == Continuity.Arrival.NEW) {
                watch.heard(event, context.currentSystemTimeMs() * NS_PER_MS);
            }
        } finally {
            forward(timestampMs);
        }
    }

    /** Another node under the same name. Of the state, only the ended runs of the agent apply to it. */
    private NodeWatch move(NodeWatch before, NodeEvent event) {
        String node = event.getNode();
        String text = before.network().equals(event.getNetwork())
                ? node + (event.getWitness() ? " is a witness now" : " is a node now, not a witness")
                : node + " follows the network " + event.getNetwork() + " now, not " + before.network();
        before.end(event.getObservedAtNs(), text, alerts(node, before.network()), digests);
        store.remove(node);
        writers.remove(node);
        return store.change(node, stored -> watches.of(node, event.getNetwork(), event.getWitness(), before.runs()));
    }

    private void unfollow(NodeEvent event, long timestampMs) {
        String node = event.getNode();
        if (store.has(node)) {
            NodeWatch watch = store.change(node, stored -> watches.restored(node, stored));
            watch.end(event.getObservedAtNs(), node + " is no longer followed", alerts(node, watch.network()), digests);
            forward(timestampMs);
            store.remove(node);
            writers.remove(node);
        }
        unfollowed.add(node);
        if (unfollowed.size() > MOST_UNFOLLOWED) {
            unfollowed.remove(unfollowed.iterator().next());
        }
    }

    /**
     * Events in transit when a node was given up don't make it known again. The next heartbeat or start of its agent
     * does.
     */
    private boolean makesKnown(NodeEvent event) {
        if (event.hasHeartbeat() || event.hasNodeStarted()) {
            unfollowed.remove(event.getNode());
        }
        return !unfollowed.contains(event.getNode());
    }

    private NodeDigest marked(NodeDigest digest) {
        return promptness.behind(context.taskId().partition()) ? digest.toBuilder().setBehind(true).build() : digest;
    }

    /** The only use of the wall clock: a silent node does not advance its own time. */
    private void judgeSilence(long nowMs) {
        Reading reading = new Reading(nowMs * NS_PER_MS, promptness.sinceNs(context.taskId().partition()));
        for (String node : store.names()) {
            judgeSilence(node, reading);
            forward(nowMs);
        }
    }

    private void judgeSilence(String node, Reading reading) {
        try {
            NodeWatch watch = store.change(node, stored -> watches.restored(node, stored));
            watch.judgeSilence(reading, alerts(node, watch.network()));
        } catch (RuntimeException e) { // no record caused it, and the other nodes must still be judged
            counts.failed("silence", e);
        }
    }

    private AlertWriter alerts(String node, String network) {
        return writers.computeIfAbsent(node, name -> AlertWriter.forNode(name, network, runbookBase, alert ->
                out.add(new Record<>(alert.fingerprint(), new NodeOutput.Alerted(alert), 0))));
    }

    private void digest(NodeDigest digest) {
        out.add(new Record<>(digest.getNode(), new NodeOutput.Digested(marked(digest)), 0));
    }

    /**
     * The output of a watch is forwarded after the watch returned. So a fault of Kafka is not taken for a fault of a
     * rule, or the reverse. An alert is committed at once. Everything else waits for the next commit.
     */
    private void forward(long timestampMs) {
        if (out.stream().anyMatch(each -> !each.value().alerts().isEmpty())) {
            context.commit();
        }
        for (Record<String, NodeOutput> each : out) {
            each.value().alerts().forEach(counts::alert);
            each.value().digests().forEach(scores::on);
            context.forward(each.withTimestamp(timestampMs));
        }
        out.clear();
    }

    @Override
    public void close() {
        scores.close();
    }
}
