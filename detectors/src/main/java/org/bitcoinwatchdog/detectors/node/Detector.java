package org.bitcoinwatchdog.detectors.node;

/** A rule that looks at one node. */
public interface Detector {
}
