package org.bitcoinwatchdog.deploy.console.model;

import java.util.List;
import org.bitcoinwatchdog.events.AddrmanAttemptAdd;
import org.bitcoinwatchdog.events.AddrmanMoveToGood;

/** What a node's address manager put into its tables. Only patched builds of bitcoind report it. */
final class AddrmanInsertions {
    /** ADDRMAN_NEW_BUCKET_COUNT and ADDRMAN_TRIED_BUCKET_COUNT of addrman_impl.h. */
    private static final int NEW_BUCKETS = 1 << 10;
    private static final int TRIED_BUCKETS = 1 << 8;

    /**
     * @param attempted    addresses offered to the new table
     * @param inserted     those that it took
     * @param newBuckets   insertions by bucket of the new table
     * @param triedBuckets insertions by bucket of the tried table
     * @param sources      netgroups of the peers that insertions into the new table came from
     * @param targets      netgroups of the addresses inserted into the new table
     */
    public record View(long attempted, long inserted, long movedToTried, int[] newBuckets, int[] triedBuckets,
            List<TopCounts.TopCount> sources, List<TopCounts.TopCount> targets) {
    }

    private final int[] newBuckets = new int[NEW_BUCKETS];
    private final int[] triedBuckets = new int[TRIED_BUCKETS];
    private final TopCounts sources = new TopCounts(128);
    private final TopCounts targets = new TopCounts(128);
    private long attempted;
    private long inserted;
    private long moved;

    void add(AddrmanAttemptAdd attempt) {
        attempted++;
        if (attempt.getInserted()) {
            inserted++;
            sources.add(AddressGroup.ofText(attempt.getSource()).name(), 1);
            targets.add(AddressGroup.ofText(attempt.getAddress()).name(), 1);
            count(newBuckets, attempt.getBucket());
        }
    }

    void add(AddrmanMoveToGood move) {
        moved++;
        count(triedBuckets, move.getBucket());
    }

    View view() {
        return new View(attempted, inserted, moved, newBuckets.clone(), triedBuckets.clone(), sources.top(20), targets.top(20));
    }

    private static void count(int[] buckets, int bucket) {
        if (bucket >= 0 && bucket < buckets.length) {
            buckets[bucket]++;
        }
    }
}
