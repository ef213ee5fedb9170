package org.bitcoinwatchdog.detectors.evaluation;

/** A file that holds no block arrivals, or can't be read; the message names it, and the line. */
public final class UnreadableArrivals extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public UnreadableArrivals(String message, Throwable cause) {
        super(message, cause);
    }
}
