package org.bitcoinwatchdog.deploy.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.bitcoinwatchdog.agent.decode.RecordedEvents;
import org.bitcoinwatchdog.deploy.replay.RecordingSource;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.node.NodeWatch;
import org.bitcoinwatchdog.detectors.topology.Counts;
import org.bitcoinwatchdog.detectors.topology.NodeWatches;
import org.bitcoinwatchdog.events.NodeEvent;

/** What detection costs, side by side in one run. CPU time of one thread, so that a busy machine matters less. */
public final class DetectorsBench {
    private static final int ROUNDS = 40;
    private static final int SECONDS = 1_200;
    private static final int TOTAL_NODES = 1_000;

    private final DetectorSettings settings;
    private final PrintWriter out;
    /** Keeps what is computed, so that nothing of it can be left out. */
    private long sink;

    public DetectorsBench(DetectorSettings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
    }

    /** Prints everything but what needs a broker. */
    public void run() throws IOException {
        List<NodeEvent> mix = MainnetMix.of("node-0", 1, SECONDS);
        List<NodeEvent> recorded = recorded("fleet_normal", "addr_flood_dev");
        compare("mainnet's mix, 125 peers", mix);
        compare("recordings", recorded);
        nodes();
        state(mix);
    }

    private static List<NodeEvent> recorded(String... names) throws IOException {
        List<NodeEvent> events = new ArrayList<>();
        for (String name : names) {
            try (var reader = new RecordingSource(name).open(broken -> { })) {
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
        out.printf(Locale.ROOT, "%-28s parse only %,10.0f events/s   parse and detect %,10.0f events/s   %.0f %%  (%,d events)%n",
                what, 1e9 / parse, 1e9 / detect, 100 * parse / detect, events.size());
        out.flush();
    }

    /** The same number of seconds of each node, second by second, once all nodes are there. */
    private void nodes() {
        for (int nodes = 1; nodes <= TOTAL_NODES; nodes *= 10) {
            int seconds = Math.max(10, Math.min(600, 6_000 / nodes));
            List<NodeEvent> one = MainnetMix.of("node-0", 7, 2 * seconds);
            List<String> names = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                names.add("node-" + i);
            }
            double best = Double.MAX_VALUE;
            for (int round = 0; round < 3; round++) {
                OfflineDetection detection = new OfflineDetection(settings, alert -> sink++);
                int half = one.size() / 2;
                feed(detection, interleaved(one.subList(0, half), names));
                List<NodeEvent> timed = interleaved(one.subList(half, one.size()), names);
                best = Math.min(best, nsPerEvent(timed.size(), () -> feed(detection, timed)));
            }
            out.printf(Locale.ROOT, "%,5d nodes                   %,8.0f ns/event of detection%n", nodes, best);
            out.flush();
        }
    }

    private static void feed(OfflineDetection detection, List<NodeEvent> events) {
        events.forEach(detection::on);
    }

    private static List<NodeEvent> interleaved(List<NodeEvent> one, List<String> names) {
        List<NodeEvent> all = new ArrayList<>(one.size() * names.size());
        int block = 35; // about a second
        for (int from = 0; from < one.size(); from += block) {
            for (String name : names) {
                for (NodeEvent event : one.subList(from, Math.min(one.size(), from + block))) {
                    all.add(event.toBuilder().setNode(name).build());
                }
            }
        }
        return all;
    }

    private void state(List<NodeEvent> mix) {
        NodeWatch watch = new NodeWatches(settings, new Counts(new SimpleMeterRegistry())).of("node-0", "main", section -> null);
        AlertWriter alerts = AlertWriter.forNode("node-0", "main", "", alert -> sink++);
        mix.forEach(event -> watch.on(event, alerts, digest -> sink++));
        AtomicLong bytes = new AtomicLong();
        watch.saveChanged((section, saved) -> bytes.addAndGet(saved.length));
        out.printf(Locale.ROOT, "state of a node, 125 peers   %,8d bytes in its changelog%n", bytes.get());
        out.flush();
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
