package org.bitcoinwatchdog.detectors.deposits;

import org.bitcoinwatchdog.events.Severity;

/**
 * What a firing rule means for deposits.
 *
 * @param from          lowest severity of the alert that has this effect
 * @param confirmations that a deposit needs at least
 * @param why           one sentence, for people
 */
public record DepositEffect(Kind kind, Severity from, int confirmations, String why) {
    /** Twice the usual six: a chain that is slow, but not known to be wrong. */
    public static final int CAREFUL = 12;
    /** Bitcoin.org advised 30 confirmations more than usual for the split of July 2015 (BIP 66). */
    public static final int MANY = 36;
    /** Coinbase outputs mature after 100 blocks (COINBASE_MATURITY): Bitcoin's own limit for deep reorganizations. */
    public static final int MOST = 100;

    /** In the order of the documented table. */
    public enum Kind {
        /** Deposits of the whole network wait, even if only one node shows it. */
        HOLDS_NETWORK("holds the network"),
        /** Deposits seen by this node wait. The network's wait if no other node is free of such a rule. */
        HOLDS_NODE("holds the node"),
        /** The node or witness is not counted as a view of the chain. */
        BLINDS("is no view"),
        /** Deposits are credited later. */
        RAISES("raises confirmations");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public static DepositEffect holdsNetwork(Severity from, int confirmations, String why) {
        return new DepositEffect(Kind.HOLDS_NETWORK, from, confirmations, why);
    }

    public static DepositEffect holdsNode(Severity from, int confirmations, String why) {
        return new DepositEffect(Kind.HOLDS_NODE, from, confirmations, why);
    }

    public static DepositEffect blinds(Severity from, String why) {
        return new DepositEffect(Kind.BLINDS, from, MANY, why);
    }

    public static DepositEffect raises(Severity from, int confirmations, String why) {
        return new DepositEffect(Kind.RAISES, from, confirmations, why);
    }

    boolean appliesTo(Severity severity) {
        return severity.compareTo(from) >= 0;
    }
}
