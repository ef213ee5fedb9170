package org.bitcoinwatchdog.detectors.deposits;

import org.bitcoinwatchdog.detectors.settings.Check;

/**
 * When deposits may be credited.
 *
 * @param confirmations that a deposit needs if nothing is wrong
 * @param views         nodes and witnesses that must show the chain now. With fewer the verdict is unknown. One view can't be
 *                      compared with another; set 1 for a single node without a witness
 */
public record DepositSettings(int confirmations, int views) {
    public DepositSettings {
        Check.atLeastOne("confirmations", confirmations);
        Check.atLeastOne("views", views);
    }

    public static DepositSettings defaults() {
        return new DepositSettings(6, 2);
    }
}
