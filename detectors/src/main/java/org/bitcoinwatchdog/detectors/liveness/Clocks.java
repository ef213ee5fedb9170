package org.bitcoinwatchdog.detectors.liveness;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.alerting.Rule;
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
    public Map<Rule, Boolean> rules() {
        return Map.of(
                ClockOffset.RULE, clockOffset.enabled(),
                HostClock.RULE, hostClock.enabled());
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
