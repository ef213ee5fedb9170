package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.util.Set;

/** Alert names of the rules of rules.md that the injections are for, whether they exist yet or not. */
final class Rules {
    static final Set<String> ADDRESSES = Set.of("AddressFlood");
    static final Set<String> INBOUND = Set.of("InboundConcentration", "InboundTakeover");
    static final Set<String> OUTBOUND = Set.of("OutboundConcentration");
    static final Set<String> TURNOVER = Set.of("OutboundConcentration", "OutboundTurnover");
    static final Set<String> LAG = Set.of("FleetLag");
    static final Set<String> ALONE = Set.of("AloneAhead");
    static final Set<String> LAG_OR_SILENCE = Set.of("FleetLag", "NoBlock");
    static final Set<String> SLOW = Set.of("SlowChain", "NoBlock");
    static final Set<String> WITHHELD = Set.of("AnnouncedNotConnected", "FleetLag");
    static final Set<String> SPLIT = Set.of("FleetSplit");
    static final Set<String> PINGS = Set.of("PingFlood");
    static final Set<String> CONNECTIONS = Set.of("ConnectionFlood");
    static final Set<String> CLOCK = Set.of("ClockOffset");
    static final Set<String> RESTARTS = Set.of("NodeRestarts");
    static final Set<String> CRASH = Set.of("CrashOnInput");
    static final Set<String> PEER_CLASS = Set.of("MissingPeerClass");
    static final Set<String> ECLIPSE = Set.of("Eclipse");

    private Rules() {
    }
}
