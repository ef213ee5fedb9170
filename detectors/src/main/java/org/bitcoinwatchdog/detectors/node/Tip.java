package org.bitcoinwatchdog.detectors.node;

/** The block that a node connected last, and when. */
public record Tip(BlockHash hash, int height, long connectedAtNs) {
}
