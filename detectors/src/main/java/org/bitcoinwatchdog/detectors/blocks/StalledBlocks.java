package org.bitcoinwatchdog.detectors.blocks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.family.DetectorFamily;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector;
import org.bitcoinwatchdog.detectors.node.Detector;

/** Blocks that do not arrive, arrive late, or are replaced: rules.md section 1. */
public record StalledBlocks(
        FleetLag.Settings fleetLag,
        AnnouncedNotConnected.Settings announcedNotConnected,
        NoBlock.Settings noBlock,
        FleetSplit.Settings fleetSplit,
        SlowChain.Settings slowChain,
        SlowValidation.Settings slowValidation,
        Reorg.Settings reorg) implements DetectorFamily {
    static final String DETECTOR = "stalled-blocks";

    public static StalledBlocks defaults() {
        return new StalledBlocks(
                FleetLag.Settings.defaults(), AnnouncedNotConnected.Settings.defaults(), NoBlock.Settings.defaults(),
                FleetSplit.Settings.defaults(), SlowChain.Settings.defaults(), SlowValidation.Settings.defaults(),
                Reorg.Settings.defaults());
    }

    @Override
    public Map<Rule, Boolean> rules() {
        return Map.of(
                FleetLag.RULE, fleetLag.enabled(),
                AnnouncedNotConnected.RULE, announcedNotConnected.enabled(),
                NoBlock.RULE, noBlock.enabled(),
                FleetSplit.RULE, fleetSplit.enabled(),
                SlowChain.RULE, slowChain.enabled(),
                SlowValidation.RULE, slowValidation.enabled(),
                Reorg.RULE, reorg.enabled());
    }

    @Override
    public List<Supplier<Detector>> forNode() {
        List<Supplier<Detector>> rules = new ArrayList<>();
        if (announcedNotConnected.enabled()) {
            rules.add(() -> new AnnouncedNotConnected(announcedNotConnected));
        }
        if (slowChain.enabled()) {
            rules.add(() -> new SlowChain(slowChain));
        }
        if (slowValidation.enabled()) {
            rules.add(() -> new SlowValidation(slowValidation));
        }
        if (reorg.enabled()) {
            rules.add(() -> new Reorg(reorg));
        }
        return rules;
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
        if (fleetSplit.enabled()) {
            rules.add(() -> new FleetSplit(fleetSplit));
        }
        return rules;
    }
}
