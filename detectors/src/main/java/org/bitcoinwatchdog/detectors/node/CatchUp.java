package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.settings.Check;

/**
 * When a node is in initial block download or catching up, so that its tip and its silence say nothing about the
 * network (rules.md section 1). Rules about blocks are armed once none of these was seen for {@code armAfter}.
 *
 * @param connects more blocks than this connected within {@code window} are a catch-up, not mining
 * @param oldTip   a block whose header is older than this when it is connected is a catch-up
 * @param armAfter how long the node must show no sign of a catch-up
 * @param ending   how long bitcoind may take to end once it closed all connections at once: it writes its cache then, for minutes
 *                 where that is large, and neither hears of blocks nor lacks peers
 */
public record CatchUp(int connects, Duration window, Duration oldTip, Duration armAfter, Duration ending) {
    public CatchUp {
        Check.atLeastOne("connects", connects);
        Check.positive("window", window);
        Check.positive("old-tip", oldTip);
        Check.notNegative("arm-after", armAfter);
        Check.notNegative("ending", ending);
    }

    public static CatchUp defaults() {
        return new CatchUp(5, Duration.ofMinutes(1), Duration.ofHours(24), Duration.ofMinutes(30),
                Duration.ofMinutes(10));
    }
}
