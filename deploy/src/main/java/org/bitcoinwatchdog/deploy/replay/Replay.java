package org.bitcoinwatchdog.deploy.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.bitcoinwatchdog.agent.recording.RecordedEvents;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.BlockArrivals;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.RecordingReader;

/** Runs recordings and files of block arrivals, merged in order of time, through the detectors; calls also through the decoder. */
public final class Replay {
    private static final int TOLD_EVERY = 1 << 14;

    private final DetectorSettings settings;
    private final String network;
    private final Consumer<String> progress;

    /** @param network that of the recorded nodes */
    public Replay(DetectorSettings settings, String network) {
        this(settings, network, read -> { });
    }

    /** @param progress told now and then how much was read */
    public Replay(DetectorSettings settings, String network, Consumer<String> progress) {
        this.settings = settings;
        this.network = network;
        this.progress = progress;
    }

    /**
     * What a replay went through.
     *
     * @param calls   recorded calls and block arrivals that were read
     * @param skipped lines that are neither, and calls that no process could have made
     * @param span    event time from the first event to the last
     */
    public record Result(long calls, long skipped, long events, int nodes, Duration span, Duration wall) {
        public double callsPerSecond() {
            return calls / Math.max(1e-9, wall.toNanos() / 1e9);
        }
    }

    /**
     * @param alerts   told of every change of an alert, in order
     * @param problems told of what was skipped, in a sentence that names the recording and the line
     */
    public Result run(List<RecordingSource> sources, Consumer<Alert> alerts, Consumer<String> problems) throws IOException {
        List<RecordingReader> readers = new ArrayList<>();
        List<BlockArrivals> arrivals = new ArrayList<>();
        try {
            for (RecordingSource source : sources) {
                if (BlockArrivals.isNamedLike(source.name())) {
                    arrivals.add(BlockArrivals.read(Path.of(source.name()), problems));
                } else {
                    readers.add(source.open(broken -> problems.accept(source.name() + ": " + broken)));
                }
            }
            return run(readers, new MergedCalls(readers), arrivals, alerts, problems);
        } finally {
            for (RecordingReader reader : readers) {
                reader.close();
            }
        }
    }

    private Result run(List<RecordingReader> readers, MergedCalls calls, List<BlockArrivals> arrivals, Consumer<Alert> alerts,
            Consumer<String> problems) {
        long began = System.nanoTime();
        RecordedEvents recorded = new RecordedEvents(calls, network, skipped -> problems.accept(
                skipped.call().tracepoint() + " at " + skipped.call().timeNs() + ": " + skipped.reason()));
        Iterator<NodeEvent> events = merged(recorded, arrivals);
        Set<String> nodes = new HashSet<>();
        long count = 0;
        long firstNs = 0;
        long lastNs = 0;
        if (events.hasNext()) {
            OfflineDetection detection = new OfflineDetection(settings, alerts);
            NodeEvent event = events.next();
            firstNs = event.getObservedAtNs();
            for (; event != null; event = events.hasNext() ? events.next() : null) {
                detection.on(event);
                nodes.add(event.getNode());
                lastNs = event.getObservedAtNs();
                if (++count % TOLD_EVERY == 0) {
                    progress.accept(String.format(Locale.ROOT, "%,d events, to %s", count, Instant.ofEpochSecond(lastNs / 1_000_000_000)));
                }
            }
            detection.close();
        }
        long broken = readers.stream().mapToLong(RecordingReader::broken).sum()
                + arrivals.stream().mapToLong(BlockArrivals::broken).sum();
        long blocks = arrivals.stream().mapToLong(BlockArrivals::lines).sum();
        return new Result(calls.count() + blocks, broken + recorded.skipped(), count, nodes.size(),
                Duration.ofNanos(lastNs - firstNs), Duration.ofNanos(System.nanoTime() - began));
    }

    /** Real block arrivals are those of the main network, whatever the recorded nodes are on. */
    private static Iterator<NodeEvent> merged(RecordedEvents recorded, List<BlockArrivals> arrivals) {
        List<Iterator<NodeEvent>> sources = new ArrayList<>(List.of(recorded));
        arrivals.forEach(blocks -> sources.add(new ArrivalEvents(blocks, "main")));
        return arrivals.isEmpty() ? recorded : new MergedEvents(sources);
    }
}
