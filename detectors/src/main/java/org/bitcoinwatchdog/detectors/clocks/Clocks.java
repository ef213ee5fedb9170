package org.bitcoinwatchdog.detectors.clocks;

import java.util.List;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.family.DetectorFamily;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.detectors.node.WallClockDetector;

/** Clocks that are wrong: rules.md section 4. */
public record Clocks(ClockOffset.Settings clockOffset, HostClock.Settings hostClock) implements DetectorFamily {
    static final String DETECTOR = "clocks";

    public static Clocks defaults() {
        return new Clocks(ClockOffset.Settings.defaults(), HostClock.Settings.defaults());
    }

    @Override
    public List<Supplier<Detector>> forNode() {
        return clockOffset.enabled() ? List.of(() -> new ClockOffset(clockOffset)) : List.of();
    }

    @Override
    public List<Supplier<WallClockDetector>> forSilence() {
        return hostClock.enabled() ? List.of(() -> new HostClock(hostClock)) : List.of();
    }
}
