package org.bitcoinwatchdog.agent.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.List;
import org.bitcoinwatchdog.events.MempoolAdded;
import org.bitcoinwatchdog.events.MempoolRejected;
import org.bitcoinwatchdog.events.MempoolRemoved;
import org.bitcoinwatchdog.events.MempoolReplaced;

/** Transactions that enter and leave the mempool. */
final class MempoolMeters {
    /** Bitcoin Core, RemovalReasonToString (kernel/mempool_removal_reason.cpp). */
    private static final List<String> REMOVAL = List.of("expiry", "sizelimit", "reorg", "block", "conflict", "replaced");

    private record Flow(Counter transactions, Counter vbytes, Counter fees) {
        void add(long vsizeVb, long feeSat) {
            transactions.increment();
            vbytes.increment(Math.max(0, vsizeVb));
            fees.increment(Math.max(0, feeSat));
        }
    }

    private final Flow added;
    private final KnownWords<Flow> removed;
    private final Flow replaced;
    private final Counter replacementVbytes;
    private final Counter replacementFees;
    private final KnownWords<Counter> rejected;

    MempoolMeters(NodeMeters meters) {
        added = flow(meters, "added", "added to the mempool");
        removed = new KnownWords<>(REMOVAL, reason -> flow(meters, "removed", "removed from the mempool", "reason", reason));
        replaced = flow(meters, "replaced", "replaced in the mempool by others with higher fees");
        replacementVbytes = meters.counter("mempool.replacement.vbytes", "Virtual size of the replacing transactions");
        replacementFees = meters.counter("mempool.replacement.fees.satoshis", "Fees of the replacing transactions");
        rejected = new KnownWords<>(RejectReasons.KNOWN, reason ->
                meters.counter("mempool.rejected.transactions", "Transactions refused by the mempool", "reason", reason));
    }

    void added(MempoolAdded event) {
        added.add(event.getVsizeVb(), event.getFeeSat());
    }

    void removed(MempoolRemoved event) {
        removed.of(event.getReason()).add(event.getVsizeVb(), event.getFeeSat());
    }

    void replaced(MempoolReplaced event) {
        replaced.add(event.getReplacedVsizeVb(), event.getReplacedFeeSat());
        replacementVbytes.increment(Math.max(0, event.getReplacementVsizeVb()));
        replacementFees.increment(Math.max(0, event.getReplacementFeeSat()));
    }

    void rejected(MempoolRejected event) {
        rejected.of(RejectReasons.withoutDetail(event.getReason())).increment();
    }

    private static Flow flow(NodeMeters meters, String what, String sentence, String... labels) {
        return new Flow(
                meters.counter("mempool." + what + ".transactions", "Transactions " + sentence, labels),
                meters.counter("mempool." + what + ".vbytes", "Virtual size of transactions " + sentence, labels),
                meters.counter("mempool." + what + ".fees.satoshis", "Fees of transactions " + sentence, labels));
    }
}
