package org.bitcoinwatchdog.deploy.console.model;

import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.events.SafeText;

/** Peers that misbehaved, by bitcoind's reason. Reasons carry what the peer sent, so only so many are told apart. */
final class Misbehaviour {
    private static final int REASONS = 32;

    private final Map<String, Long> byReason = new TreeMap<>();

    void add(String reason) {
        String shown = SafeText.of(reason, 80);
        boolean known = byReason.containsKey(shown) || byReason.size() < REASONS;
        byReason.merge(known ? shown : "other reasons", 1L, Long::sum);
    }

    Map<String, Long> view() {
        return new TreeMap<>(byReason);
    }
}
