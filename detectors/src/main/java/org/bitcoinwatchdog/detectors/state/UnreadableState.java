package org.bitcoinwatchdog.detectors.state;

/** A stored section that this version can't read. Its owner starts anew, and that is counted. */
public final class UnreadableState extends RuntimeException {
    public UnreadableState(String message) {
        super(message);
    }
}
