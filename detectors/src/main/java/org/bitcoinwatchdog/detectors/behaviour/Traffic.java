package org.bitcoinwatchdog.detectors.behaviour;

import java.util.function.ToLongFunction;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;

/** What is counted of a node's traffic. */
final class Traffic {
    static final RateRule.Metric MESSAGES = new RateRule.Metric(PeerBehaviour.MESSAGE_FLOOD, "message-flood",
            "messages received", "Look for the type and the peers that send them (watchdog tail, bitcoin-cli getpeerinfo:"
                    + " bytesrecv_per_msg).",
            new Of(event -> event.hasInboundMessage() ? 1 : 0, NodeEvent.BodyCase.INBOUND_MESSAGE));
    static final RateRule.Metric BYTES = new RateRule.Metric(PeerBehaviour.BANDWIDTH_SURGE, "bandwidth-surge",
            "bytes received and sent", "A peer in initial block download takes as much as the line gives; maxuploadtarget"
                    + " limits it. Otherwise look for the type and the peers (bitcoin-cli getpeerinfo).",
            new Of(event -> event.getInboundMessage().getSizeBytes() + event.getOutboundMessage().getSizeBytes(),
                    NodeEvent.BodyCase.INBOUND_MESSAGE, NodeEvent.BodyCase.OUTBOUND_MESSAGE));
    static final RateRule.Metric EVICTIONS = new RateRule.Metric(PeerBehaviour.EVICTION_CHURN, "eviction-churn",
            "inbound peers evicted", "Inbound slots are full and someone keeps opening connections: look at who comes in.",
            new Of(event -> event.hasEvictedInboundConnection() ? 1 : 0, NodeEvent.BodyCase.EVICTED_INBOUND_CONNECTION));

    private Traffic() {
    }

    private record Of(ToLongFunction<NodeEvent> amount, NodeEvent.BodyCase... bodies) implements RateRule.Count {
        @Override
        public boolean takes(NodeEvent.BodyCase body, Message.PayloadCase payload) {
            return java.util.List.of(bodies).contains(body);
        }

        @Override
        public long of(NodeEvent event) {
            return amount.applyAsLong(event);
        }
    }
}
