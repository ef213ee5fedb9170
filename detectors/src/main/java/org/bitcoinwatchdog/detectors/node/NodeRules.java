package org.bitcoinwatchdog.detectors.node;

import java.util.List;
import java.util.function.Supplier;

/** The rules for one node, each made when asked for. */
public record NodeRules(List<Supplier<Detector>> ofEvents, List<Supplier<WallClockRule>> ofWallClock) {
    public static NodeRules of(List<Supplier<Detector>> ofEvents) {
        return new NodeRules(ofEvents, List.of());
    }
}
