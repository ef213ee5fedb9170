package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.settings.Check;

/**
 * When a node is in initial block download or catching up, so that its tip and its silence say nothing about the
 * network (rules.md section 1). Rules about blocks are armed once none of these was seen for {@code armAfter}, or for
 * {@code armAfterTold} where more is known.
 *
 * @param connects more blocks than this connected within {@code window} are a catch-up, not mining
 * @param oldTip   a block whose header is older than this when it is connected is a catch-up
 * @param armAfter how long the node must show no sign of a catch-up
 * @param armAfterTold the same once the node itself tells that it is not in initial block download, and has the blocks that its
 *                 outbound peers have told of
 * @param ending   how long bitcoind may take to end once it closed all connections at once: it writes its cache then, for minutes
 *                 where that is large, and neither hears of blocks nor lacks peers
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
