package org.bitcoinwatchdog.agent.metrics;

import java.util.List;

/** Why Bitcoin Core refuses a transaction (validation.cpp, consensus/tx_check.cpp, consensus/tx_verify.cpp, policy/). */
final class RejectReasons {
    static final List<String> KNOWN = List.of(
            "TRUC-violation", "bad-txns-fee-outofrange", "bad-txns-in-belowout", "bad-txns-inputs-duplicate",
            "bad-txns-inputs-missingorspent", "bad-txns-inputvalues-outofrange", "bad-txns-nonstandard-inputs",
            "bad-txns-oversize", "bad-txns-premature-spend-of-coinbase", "bad-txns-prevout-null",
            "bad-txns-spends-conflicting-tx", "bad-txns-too-many-sigops", "bad-txns-txouttotal-toolarge",
            "bad-txns-vin-empty", "bad-txns-vout-empty", "bad-txns-vout-negative", "bad-txns-vout-toolarge",
            "bad-witness-nonstandard", "bare-multisig", "bip125-replacement-disallowed", "block-script-verify-flag-failed",
            "coinbase", "datacarrier", "dust", "insufficient fee", "max feerate exceeded", "mempool full",
            "mempool min fee not met", "mempool-script-verify-flag-failed", "min relay fee not met", "non-BIP68-final",
            "non-final", "replacement-failed", "scriptpubkey", "scriptsig-not-pushonly", "scriptsig-size",
            "too many potential replacements", "too-large-cluster", "too-long-mempool-chain", "tx-size", "tx-size-small",
            "txn-already-in-mempool", "txn-already-known", "txn-mempool-conflict", "txn-same-nonwitness-data-in-mempool",
            "unspent-dust", "version");

    private RejectReasons() {
    }

    /** Removes a script's error in brackets, and a figure behind a comma. */
    static String withoutDetail(String reason) {
        int end = reason.indexOf(" (");
        if (end < 0) {
            end = reason.indexOf(',');
        }
        return end < 0 ? reason : reason.substring(0, end);
    }
}
