package org.bitcoinwatchdog.agent.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.List;
import org.bitcoinwatchdog.events.NormalCreateTxInternal;
import org.bitcoinwatchdog.events.SelectedCoins;

/** Coin selection, if these tracepoints are on. Wallet names are not labels, because the user chooses them. */
final class WalletMeters {
    /** Bitcoin Core, GetAlgorithmName (wallet/coinselection.cpp). */
    private static final List<String> ALGORITHMS = List.of("bnb", "cg", "knapsack", "manual", "srd");

    private final KnownWords<Counter> selections;
    private final Counter created;
    private final Counter failed;

    WalletMeters(NodeMeters meters) {
        selections = new KnownWords<>(ALGORITHMS, algorithm -> meters.counter("wallet.coin.selections",
                "Coin selections by the algorithm that won; off by default", "algorithm", algorithm));
        created = transactions(meters, "created");
        failed = transactions(meters, "failed");
    }

    void selected(SelectedCoins event) {
        selections.of(event.getAlgorithm()).increment();
    }

    void transaction(NormalCreateTxInternal event) {
        (event.getSucceeded() ? created : failed).increment();
    }

    private static Counter transactions(NodeMeters meters, String outcome) {
        return meters.counter("wallet.transactions", "Transactions that wallets tried to create; off by default",
                "outcome", outcome);
    }
}
