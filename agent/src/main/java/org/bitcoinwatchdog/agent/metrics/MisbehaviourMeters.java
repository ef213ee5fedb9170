package org.bitcoinwatchdog.agent.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.List;

/** Misbehaving peers by class of reason. The reason itself contains figures that the peer chose. */
final class MisbehaviourMeters {
    /**
     * A part of the reason, and its class. The first match counts (Bitcoin Core, calls of Misbehaving in
     * net_processing.cpp).
     */
    private static final List<String[]> CLASSES = List.of(
            new String[] {"message size", "oversized-message"},
            new String[] {"header", "bad-header"},
            new String[] {"getblocktxn", "bad-compact-block"},
            new String[] {"compact block", "bad-compact-block"},
            new String[] {"sendcmpct", "bad-compact-block"},
            new String[] {"block", "bad-block"},
            new String[] {"filter", "bad-filter"});

    private final KnownWords<Counter> connections;

    MisbehaviourMeters(NodeMeters meters) {
        connections = new KnownWords<>(CLASSES.stream().map(row -> row[1]).distinct().toList(), reason ->
                meters.counter("p2p.misbehaving.connections", "Peers that broke a rule of the protocol", "reason", reason));
    }

    void on(String reason) {
        connections.of(classOf(reason)).increment();
    }

    static String classOf(String reason) {
        return CLASSES.stream().filter(row -> reason.contains(row[0])).findFirst().map(row -> row[1]).orElse(KnownWords.OTHER);
    }
}
