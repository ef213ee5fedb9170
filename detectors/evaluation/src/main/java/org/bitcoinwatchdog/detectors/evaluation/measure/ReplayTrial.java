package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.bitcoinwatchdog.detectors.evaluation.UnreadableArrivals;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Chain;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Fidelity;
import org.bitcoinwatchdog.detectors.evaluation.traffic.FleetPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.FleetTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeKind;
import org.bitcoinwatchdog.events.BlockArrivals;

/** One node that connects its blocks when a real one did. */
public final class ReplayTrial implements Trial {
    private static final long HOUR_US = 3_600_000_000L;
    private static final double EVENTS_PER_BLOCK = 61;

    private final String name;
    private final List<Long> arrivalsUs;

    /**
     * @param problems told of each line that is no arrival; the others are used
     * @throws UnreadableArrivals where the file can't be read or holds none
     */
    public ReplayTrial(Path file, Consumer<String> problems) {
        try {
            BlockArrivals blocks = BlockArrivals.read(file, problems);
            name = "real arrivals of " + blocks.node();
            arrivalsUs = blocks.arrivals().stream().map(arrival -> arrival.atNs() / 1_000).toList();
        } catch (IOException e) {
            throw new UnreadableArrivals(e.getMessage(), e);
        }
        if (arrivalsUs.isEmpty()) {
            throw new UnreadableArrivals(file + " has no block arrivals", null);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double weight() {
        return arrivalsUs.size() * EVENTS_PER_BLOCK;
    }

    @Override
    public Outcome run(Playback playback) {
        long firstUs = arrivalsUs.get(0);
        FleetTraffic traffic = new FleetTraffic(
                new FleetPlan(List.of(NodeKind.OUTBOUND_ONLY), Fidelity.BLOCKS_ONLY, 0), Disturbance.NONE,
                firstUs - HOUR_US, entropy -> Chain.replayed(arrivalsUs, entropy));
        Playback.Played played =
                playback.play(traffic, arrivalsUs.get(arrivalsUs.size() - 1), event -> { });
        return new BenignTrial.Result(name, played.nodeYears(), played.episodes(), Set.of(), played.events());
    }
}
