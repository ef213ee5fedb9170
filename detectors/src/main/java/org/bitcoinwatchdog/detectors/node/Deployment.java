package org.bitcoinwatchdog.detectors.node;

import org.bitcoinwatchdog.detectors.settings.Check;

/**
 * A change of rules for which miners signal with a bit of the block's version (BIP 9).
 *
 * @param name            its name in texts and metrics: {@code bip110}
 * @param bit             0 to 28, the bit of the version that signals it
 * @param threshold       signalling blocks of one period from which it locks in
 * @param period          blocks of a period, at most 2,016; its first block's height is a multiple of it
 * @param beginHeight     height from which signalling counts
 * @param mandatoryHeight height from which nodes that enforce it refuse blocks that do not signal; 0 if there is none
 */
public record Deployment(String name, int bit, int threshold, int period, int beginHeight, int mandatoryHeight) {
    /** nMinerConfirmationWindow of mainnet in Core's kernel/chainparams.cpp. */
    public static final int LONGEST_PERIOD = 2_016;

    public Deployment {
        Check.atLeastOne("threshold", threshold);
        Check.atLeastOne("period", period);
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be empty");
        }
        if (bit < 0 || bit > 28) {
            throw new IllegalArgumentException("bit must be from 0 to 28");
        }
        if (period > LONGEST_PERIOD || threshold > period) {
            throw new IllegalArgumentException("period must be at most " + LONGEST_PERIOD + ", and threshold at most period");
        }
        if (beginHeight < 0 || mandatoryHeight < 0) {
            throw new IllegalArgumentException("begin-height and mandatory-height must not be negative");
        }
    }

    int periodStart(int height) {
        return height - height % period;
    }

    /** From one period before its begin. Afterwards until it is decided: one period after the mandatory height. */
    boolean current(int height) {
        return height >= beginHeight - period && (mandatoryHeight == 0 || height < mandatoryHeight + period);
    }
}
