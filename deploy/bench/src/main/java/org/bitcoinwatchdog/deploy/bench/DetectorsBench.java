package org.bitcoinwatchdog.deploy.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bitcoinwatchdog.agent.recording.RecordedEvents;
import org.bitcoinwatchdog.deploy.bench.figures.Figures.Figure;
import org.bitcoinwatchdog.deploy.bench.figures.Figures;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.fleet.FleetWatch;
import org.bitcoinwatchdog.detectors.node.NodeWatch;
import org.bitcoinwatchdog.detectors.topology.Counts;
import org.bitcoinwatchdog.detectors.topology.FleetAlertWriters;
import org.bitcoinwatchdog.detectors.topology.NodeWatches;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Recordings;
import org.bitcoinwatchdog.events.Tip;

/** What detection costs, side by side in one run. CPU time of one thread, so that a busy machine matters less. */
public final class DetectorsBench {
    private static final int ROUNDS = 40;
    private static final int SECONDS = 1_200;
    private static final int TOTAL_NODES = 1_000;
    private static final long TIMED_EVENTS = 2_000_000;
    private static final int FLEET_ROUNDS = 20;
    private static final int MEASURED_NODES = 20;
    private static final long BEGIN_NS = 1_780_000_000_000_000_000L;

    private final DetectorSettings settings;
    private final Figures figures;
    /** Keeps the result, so that the JVM can't skip the computation. */
    private long sink;

    public DetectorsBench(DetectorSettings settings, Figures figures) {
        this.settings = settings;
        this.figures = figures;
    }

    /** Prints everything but what needs a broker. */
    public void run() throws IOException {
        List<NodeEvent> mix = MainnetMix.of("node-0", 1, SECONDS);
        List<NodeEvent> recorded = recorded("fleet_normal", "addr_flood_dev");
        compare("mainnet's mix, 125 peers", mix);
        compare("recordings", recorded);
        nodes();
        state(mix);
        figures.add(Figure.of("heap of one of many nodes with 125 peers", heap(mix), "bytes"));
    }

    private static List<NodeEvent> recorded(String... names) throws IOException {
        List<NodeEvent> events = new ArrayList<>();
        for (String name : names) {
            try (var reader = Recordings.open(name, broken -> { })) {
                new RecordedEvents(reader, "regtest", skipped -> { }).forEachRemaining(events::add);
            }
        }
        return events;
    }

    /** Parsing alone against parsing and detecting; the rounds take turns, so that both have the same machine. */
    private void compare(String what, List<NodeEvent> events) {
        List<byte[]> bytes = events.stream().map(NodeEvent::toByteArray).toList();
        double parse = Double.MAX_VALUE;
        double detect = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            parse = Math.min(parse, nsPerEvent(bytes.size(), () -> bytes.forEach(each -> sink += parse(each).getSequence())));
            OfflineDetection detection = new OfflineDetection(settings, alert -> sink++);
            detect = Math.min(detect, nsPerEvent(bytes.size(), () -> bytes.forEach(each -> detection.on(parse(each)))));
        }
        figures.note("%s: %,d events", what, events.size());
        figures.add(Figure.of(what + ": parsing alone", 1e9 / parse, "events/s"));
        figures.add(Figure.of(what + ": parsing and detection", 1e9 / detect, "events/s"));
        figures.add(Figure.of(what + ": the same, as a share of parsing alone", 100 * parse / detect, "%").aimAtLeast(50));
    }

    /** As many events of each node in a second as there are of one alone, a second of each in turn, once all nodes are there. */
    private void nodes() {
        double compiled = nodes(1); // the figure of one node is not to be that of the compiler
        for (int nodes = 1; nodes <= TOTAL_NODES; nodes *= 10) {
            String name = nodes + (nodes == 1 ? " node" : " nodes");
            figures.add(Figure.of("detection of an event, " + name, nodes == 1 ? Math.min(compiled, nodes(1)) : nodes(nodes), "ns"));
            figures.add(Figure.of("fleet rules for a digest, " + name, fleet(nodes), "ns"));
        }
    }

    private double nodes(int nodes) {
        int seconds = Math.max(10, Math.min(600, 6_000 / nodes));
        List<NodeEvent> one = MainnetMix.of("node-0", 7, 2 * seconds);
        int begun = MainnetMix.EVENTS_AT_BEGIN + seconds * MainnetMix.EVENTS_A_SECOND;
        List<NodeEvent> before = interleaved(one.subList(0, begun), names(nodes));
        List<NodeEvent> timed = interleaved(one.subList(begun, one.size()), names(nodes));
        double best = Double.MAX_VALUE;
        for (long events = 0; events < TIMED_EVENTS; events += timed.size()) {
            OfflineDetection detection = new OfflineDetection(settings, alert -> sink++);
            before.forEach(detection::on);
            best = Math.min(best, nsPerEvent(timed.size(), () -> timed.forEach(detection::on)));
        }
        return best;
    }

    private static List<NodeEvent> interleaved(List<NodeEvent> one, List<String> names) {
        List<NodeEvent> all = new ArrayList<>(one.size() * names.size());
        for (int from = 0; from < one.size(); from += MainnetMix.EVENTS_A_SECOND) {
            for (String name : names) {
                for (NodeEvent event : one.subList(from, Math.min(one.size(), from + MainnetMix.EVENTS_A_SECOND))) {
                    all.add(event.toBuilder().setNode(name).build());
                }
            }
        }
        return all;
    }

    /** Digests of nodes that are all at the tip, one each second of each; a block a minute, which a tenth have a second later. */
    private double fleet(int nodes) {
        int seconds = Math.max(120, 12_000 / nodes);
        List<NodeDigest> digests = new ArrayList<>();
        for (int second = 1; second <= seconds; second++) {
            for (int node = 0; node < nodes; node++) {
                digests.add(digest("node-" + node, second, (second - (node % 10 == 0 ? 1 : 0)) / 60));
            }
        }
        double best = Double.MAX_VALUE;
        for (int round = 0; round < FLEET_ROUNDS; round++) {
            FleetWatch fleet = new NodeWatches(settings, new Counts(new SimpleMeterRegistry())).ofFleet("main", section -> null);
            var alerts = new FleetAlertWriters("main", "", alert -> sink++);
            best = Math.min(best, nsPerEvent(digests.size(), () -> digests.forEach(digest -> fleet.on(digest, alerts))));
        }
        return best;
    }

    private static NodeDigest digest(String node, int second, int height) {
        long secondNs = 1_000_000_000L;
        Tip tip = Tip.newBuilder().setHash(ByteString.copyFrom(new byte[32])).setHeight(height)
                .setConnectedAtNs(BEGIN_NS + height * 60 * secondNs).build();
        return NodeDigest.newBuilder().setNode(node).setNetwork("main").setAtNs(BEGIN_NS + second * secondNs)
                .setBlocksKnownSinceNs(BEGIN_NS).setTip(tip).setInboundPeers(115).setOutboundPeers(10).build();
    }

    private static List<String> names(int nodes) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            names.add("node-" + i);
        }
        return names;
    }

    private void state(List<NodeEvent> mix) {
        NodeWatch watch = new NodeWatches(settings, new Counts(new SimpleMeterRegistry())).of("node-0", "main", false, section -> null);
        AlertWriter alerts = AlertWriter.forNode("node-0", "main", "", alert -> sink++);
        mix.forEach(event -> watch.on(event, alerts, digest -> sink++));
        AtomicLong bytes = new AtomicLong();
        watch.saveChanged((section, saved) -> bytes.addAndGet(saved.length));
        figures.add(Figure.of("state of a node with 125 peers", bytes.get(), "bytes").aimAtMost(64 << 10));
    }

    /** What each of the later half of the nodes adds. The events are parsed for each, so that no node shares texts with another. */
    private long heap(List<NodeEvent> mix) {
        OfflineDetection detection = new OfflineDetection(settings, alert -> sink++);
        long before = 0;
        List<String> names = names(2 * MEASURED_NODES);
        for (String name : names) {
            before = name.equals(names.get(MEASURED_NODES)) ? usedHeap() : before;
            mix.forEach(event -> detection.on(parse(event.toBuilder().setNode(name).build().toByteArray())));
        }
        long after = usedHeap();
        detection.close();
        sink += mix.size(); // in use up to here, so that neither figure lacks the events
        return (after - before) / MEASURED_NODES;
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static NodeEvent parse(byte[] bytes) {
        try {
            return NodeEvent.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("what was just written can't be read", e);
        }
    }

    private static double nsPerEvent(int events, Runnable work) {
        var threads = ManagementFactory.getThreadMXBean();
        long began = threads.getCurrentThreadCpuTime();
        work.run();
        return (double) (threads.getCurrentThreadCpuTime() - began) / events;
    }
}
