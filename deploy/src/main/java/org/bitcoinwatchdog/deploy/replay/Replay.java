package org.bitcoinwatchdog.deploy.replay;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.bitcoinwatchdog.deploy.replay.ReplaySources.RecordingSource;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.NodeEvent;

/** Runs recordings and files of block arrivals through the detectors. */
public final class Replay {
    private static final int TOLD_EVERY = 1 << 14;

    private final DetectorSettings settings;
    private final ReplaySources.Networks networks;
    private final Consumer<String> progress;

    public Replay(DetectorSettings settings, ReplaySources.Networks networks) {
        this(settings, networks, read -> { });
    }

    /** @param progress gets a sentence about how much was read, now and then */
    public Replay(DetectorSettings settings, ReplaySources.Networks networks, Consumer<String> progress) {
        this.settings = settings;
        this.networks = networks;
        this.progress = progress;
    }

    /**
     * What a replay went through.
     *
     * @param calls   recorded calls and block arrivals that were read
     * @param skipped lines that are neither, and calls that no process could have made
     * @param span    event time from the first event to the last
     */
    public record ReplayResult(long calls, long skipped, long events, int nodes, Duration span, Duration wall) {
        public double callsPerSecond() {
            return calls / Math.max(1e-9, wall.toNanos() / 1e9);
        }
    }

    /**
     * @param alerts   gets every change of an alert, in order
     * @param problems gets a sentence for each skipped line or call
     */
    public ReplayResult run(List<RecordingSource> sources, Consumer<Alert> alerts, Consumer<String> problems) throws IOException {
        long began = System.nanoTime();
        try (ReplaySources events = new ReplaySources(sources, networks, problems)) {
            Set<String> nodes = new HashSet<>();
            long count = 0;
            long firstNs = 0;
            long lastNs = 0;
            OfflineDetection detection = new OfflineDetection(settings, alerts);
            while (events.hasNext()) {
                NodeEvent event = events.next();
                detection.on(event);
                nodes.add(event.getNode());
                lastNs = event.getObservedAtNs();
                firstNs = count == 0 ? lastNs : firstNs;
                if (++count % TOLD_EVERY == 0) {
                    progress.accept(String.format(Locale.ROOT, "%,d events, to %s", count, Instant.ofEpochSecond(lastNs / 1_000_000_000)));
                }
            }
            detection.close();
            return new ReplayResult(events.calls(), events.skipped(), count, nodes.size(), Duration.ofNanos(lastNs - firstNs),
                    Duration.ofNanos(System.nanoTime() - began));
        }
    }
}
