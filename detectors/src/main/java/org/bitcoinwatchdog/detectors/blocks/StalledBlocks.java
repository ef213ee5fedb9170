package org.bitcoinwatchdog.detectors.blocks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.family.DetectorFamily;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector;
import org.bitcoinwatchdog.detectors.node.Detector;

/** Blocks that do not arrive: DETECTORS.md section 1. */
public record StalledBlocks(
        FleetLag.Settings fleetLag,
        AnnouncedNotConnected.Settings announcedNotConnected,
        NoBlock.Settings noBlock) implements DetectorFamily {
    static final String DETECTOR = "stalled-blocks";

    public static StalledBlocks defaults() {
        return new StalledBlocks(
                FleetLag.Settings.defaults(), AnnouncedNotConnected.Settings.defaults(), NoBlock.Settings.defaults());
    }

    @Override
    public List<Supplier<Detector>> forNode() {
        return announcedNotConnected.enabled()
                ? List.of(() -> new AnnouncedNotConnected(announcedNotConnected))
                : List.of();
    }

    @Override
    public List<Supplier<FleetDetector>> forFleet() {
        List<Supplier<FleetDetector>> rules = new ArrayList<>();
        if (fleetLag.enabled()) {
            rules.add(() -> new FleetLag(fleetLag));
        }
        if (noBlock.enabled()) {
            rules.add(() -> new NoBlock(noBlock));
        }
        return rules;
    }
}
