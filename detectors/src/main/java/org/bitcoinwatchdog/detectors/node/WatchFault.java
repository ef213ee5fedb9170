package org.bitcoinwatchdog.detectors.node;

/** A fault of the watchdog while it took in a record. The watch has started anew; the record is to be put aside. */
public final class WatchFault extends RuntimeException {
    /** @param whose node or fleet */
    public WatchFault(String whose, RuntimeException cause) {
        super("a record of " + whose + " could not be taken in: " + cause, cause);
    }
}
