package org.bitcoinwatchdog.detectors.family;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.detectors.node.WallClockDetector;

/** The rules of one package, made anew for each node and for each fleet. The family's settings implement it. */
public interface DetectorFamily {
    /** Every rule of the family, also those that are off, and whether it is on. */
    Map<Rule, Boolean> rules();

    /** Rules that look at one node. A supplier is asked once for each node. */
    default List<Supplier<Detector>> forNode() {
        return List.of();
    }

    /** Rules that ask whether anything is heard of one node. A supplier is asked once for each node. */
    default List<Supplier<WallClockDetector>> forSilence() {
        return List.of();
    }

    /** Rules that look at all nodes of one network together. A supplier is asked once for each network. */
    default List<Supplier<FleetDetector>> forFleet() {
        return List.of();
    }
}
