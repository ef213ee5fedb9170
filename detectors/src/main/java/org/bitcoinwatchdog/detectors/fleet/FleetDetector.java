package org.bitcoinwatchdog.detectors.fleet;

/** A rule that looks at all nodes of one network together. */
public interface FleetDetector {
}
