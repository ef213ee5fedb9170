package org.bitcoinwatchdog.detectors.behaviour;

import java.util.function.ToLongFunction;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;

/** What {@link RateRule} counts of a node's traffic and mempool. The floors are a few times the rate of a busy node. */
public final class Rates {
    /** 200 a second for 5 minutes, where a listening node's busiest hour has 111. */
    public static final RateRule.Subject MESSAGES = new RateRule.Subject("messages received",
            "Look for the type and the peers that send them (watchdog tail, bitcoin-cli getpeerinfo: bytesrecv_per_msg).",
            RateRule.Settings.ofFactor(60_000, 10), of(event -> 1, NodeEvent.BodyCase.INBOUND_MESSAGE));
    /** Serving old blocks to one peer takes a full line. */
    public static final RateRule.Subject BYTES = new RateRule.Subject("bytes received and sent",
            "A peer in initial block download uses all the bandwidth; maxuploadtarget limits it. Otherwise look for the type"
                    + " and the peers (bitcoin-cli getpeerinfo).",
            RateRule.Settings.ofFactor(2_000_000_000, 10),
            of(event -> event.getInboundMessage().getSizeBytes() + event.getOutboundMessage().getSizeBytes(),
                    NodeEvent.BodyCase.INBOUND_MESSAGE, NodeEvent.BodyCase.OUTBOUND_MESSAGE));
    /** 10 a minute. */
    public static final RateRule.Subject EVICTIONS = new RateRule.Subject("inbound peers evicted",
            "Inbound slots are full and someone keeps opening connections. Find out who.",
            RateRule.Settings.ofFactor(50, 10), of(event -> 1, NodeEvent.BodyCase.EVICTED_INBOUND_CONNECTION));
    private static final double DEVIATIONS = 6;
    /** Bursts of 2,000 transactions a minute are normal. */
    public static final RateRule.Subject ADDED = new RateRule.Subject("transactions added to its mempool",
            "Compare with other nodes and explorers: a burst on only one node comes from its peers or its wallet.",
            RateRule.Settings.ofLogDeviations(15_000, DEVIATIONS), of(event -> 1, NodeEvent.BodyCase.MEMPOOL_ADDED));
    public static final RateRule.Subject REPLACED = new RateRule.Subject("transactions replaced in its mempool",
            "Unconfirmed payments are less certain than usual.",
            RateRule.Settings.ofLogDeviations(3_000, DEVIATIONS), of(event -> 1, NodeEvent.BodyCase.MEMPOOL_REPLACED));
    public static final RateRule.Subject REJECTED = new RateRule.Subject("transactions rejected by its mempool",
            "Look at the reasons (bitcoin-cli -stdin testmempoolaccept, debug=mempoolrej) and at the peers that send them.",
            RateRule.Settings.ofLogDeviations(3_000, DEVIATIONS), of(event -> 1, NodeEvent.BodyCase.MEMPOOL_REJECTED));
    public static final RateRule.Subject FULL = new RateRule.Subject("transactions dropped because its mempool is full",
            "Fees below getmempoolinfo's mempoolminfee are not relayed now; check maxmempool.",
            RateRule.Settings.ofLogDeviations(1_000, DEVIATIONS),
            of(event -> event.getMempoolRemoved().getReason().equals("sizelimit") ? 1 : 0, NodeEvent.BodyCase.MEMPOOL_REMOVED));

    private Rates() {
    }

    private static RateRule.Count of(ToLongFunction<NodeEvent> amount, NodeEvent.BodyCase... bodies) {
        java.util.Set<NodeEvent.BodyCase> counted = java.util.Set.of(bodies);
        return new RateRule.Count() {
            @Override
            public boolean takes(NodeEvent.BodyCase body, Message.PayloadCase payload) {
                return counted.contains(body);
            }

            @Override
            public long of(NodeEvent event) {
                return amount.applyAsLong(event);
            }
        };
    }
}
