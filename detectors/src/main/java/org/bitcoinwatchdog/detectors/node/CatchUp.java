package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.settings.Check;

/**
 * When a node is in initial block download or catching up, so that its tip and its silence don't show the state of the
 * network (rules.md section 1). Rules about blocks are armed once no sign of a catch-up was seen for {@code armAfter},
 * or for {@code armAfterTold} if the node itself reports its state.
 *
 * @param connects number of blocks connected within {@code window} above which the node is catching up
 * @param oldTip   a block whose header is older than this when it is connected is a catch-up
 * @param armAfter how long the node must show no sign of a catch-up
 * @param armAfterTold the same, once the node itself tells that it is not in initial block download, and it has the
 *                     blocks that its outbound peers reported
 * @param ending   how long bitcoind may take to end after it closed all connections at once. It writes its cache
 *                 meanwhile, which may take minutes, and needs neither blocks nor peers
 */
public record CatchUp(int connects, Duration window, Duration oldTip, Duration armAfter, Duration armAfterTold,
        Duration ending) {
    public CatchUp {
        Check.atLeastOne("connects", connects);
        Check.positive("window", window);
        Check.positive("old-tip", oldTip);
        Check.notNegative("arm-after", armAfter);
        Check.notNegative("arm-after-told", armAfterTold);
        Check.notNegative("ending", ending);
    }

    public static CatchUp defaults() {
        return new CatchUp(5, Duration.ofMinutes(1), Duration.ofHours(24), Duration.ofMinutes(30),
                Duration.ofMinutes(1), Duration.ofMinutes(10));
    }
}
