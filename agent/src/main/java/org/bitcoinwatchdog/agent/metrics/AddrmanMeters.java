package org.bitcoinwatchdog.agent.metrics;

import io.micrometer.core.instrument.Counter;
import org.bitcoinwatchdog.events.AddrmanAttemptAdd;

/** The address manager's tables, in builds that have its tracepoints. */
final class AddrmanMeters {
    private final Counter inserted;
    private final Counter refused;
    private final Counter tried;

    AddrmanMeters(NodeMeters meters) {
        inserted = additions(meters, "inserted");
        refused = additions(meters, "not-inserted");
        tried = meters.counter("addrman.moves.to.tried", "Addresses moved to the tried table; in patched builds only");
    }

    void attempted(AddrmanAttemptAdd event) {
        (event.getInserted() ? inserted : refused).increment();
    }

    void movedToGood() {
        tried.increment();
    }

    private static Counter additions(NodeMeters meters, String outcome) {
        return meters.counter("addrman.additions", "Attempts to put an address into the new table; in patched builds only",
                "outcome", outcome);
    }
}
