package org.bitcoinwatchdog.events;

/** The names of the Kafka topics between the parts. */
public final class Topics {
    /** {@link NodeEvent}, key = node. */
    public static final String NODE_EVENTS = "watchdog.node-events";
    /** {@link NodeDigest}, key = node. */
    public static final String NODE_DIGESTS = "watchdog.node-digests";
    /** {@link Alert}, key = fingerprint, compacted. */
    public static final String ALERTS = "watchdog.alerts";
    /** {@link ChainStatus}, key = network, compacted. */
    public static final String CHAIN_STATUS = "watchdog.chain-status";
    /** Silences of the alert stage, compacted. */
    public static final String SILENCES = "watchdog.silences";
    /** Deliveries to each sink, compacted. */
    public static final String DELIVERIES = "watchdog.deliveries";
    /** Unreadable records, and notifications that could not be delivered. */
    public static final String DEAD_LETTERS = "watchdog.dead-letters";

    private Topics() {
    }
}
