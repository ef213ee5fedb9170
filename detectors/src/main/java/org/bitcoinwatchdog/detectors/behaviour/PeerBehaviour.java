package org.bitcoinwatchdog.detectors.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.family.DetectorFamily;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector;
import org.bitcoinwatchdog.detectors.fleet.FleetQuorum;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.events.Severity;

/**
 * What peers do, and how much of it: rules.md section 4.
 *
 * @param messageFlood   Far more messages received than usual for this node
 * @param bandwidthSurge Far more bytes received and sent than usual for this node
 * @param evictionChurn  Far more inbound peers evicted than usual for this node
 */
public record PeerBehaviour(
        RoundTrip.Settings roundTrip,
        MisbehavingPeers.Settings misbehavingPeers,
        PingFlood.Settings pingFlood,
        RateRule.Settings messageFlood,
        RateRule.Settings bandwidthSurge,
        RateRule.Settings evictionChurn,
        CompactBlockFailures.Settings compactBlockFailures,
        VersionOddities.Settings versionOddities) implements DetectorFamily {
    static final String DETECTOR = "peer-behaviour";
    static final Rule MESSAGE_FLOOD = new Rule(DETECTOR, "MessageFlood", Severity.INFO);
    static final Rule BANDWIDTH_SURGE = new Rule(DETECTOR, "BandwidthSurge", Severity.INFO);
    static final Rule EVICTION_CHURN = new Rule(DETECTOR, "EvictionChurn", Severity.INFO);
    static final Rule FLEET_FAILURES = new Rule(DETECTOR, "FleetCompactBlockFailures", Severity.INFO);

    /**
     * Floors for 5 minutes: 200 messages a second, where a listening node's busiest hour has 111; 2 GB, since serving old
     * blocks to one peer takes a full line; 10 evictions a minute.
     */
    public static PeerBehaviour defaults() {
        double factor = 10;
        return new PeerBehaviour(RoundTrip.Settings.defaults(), MisbehavingPeers.Settings.defaults(),
                PingFlood.Settings.defaults(), RateRule.Settings.ofFactor(60_000, factor),
                RateRule.Settings.ofFactor(2_000_000_000, factor), RateRule.Settings.ofFactor(50, factor),
                CompactBlockFailures.Settings.defaults(), VersionOddities.Settings.defaults());
    }

    @Override
    public Map<Rule, Boolean> rules() {
        return Map.of(
                RoundTrip.RULE, roundTrip.enabled(),
                MisbehavingPeers.RULE, misbehavingPeers.enabled(),
                PingFlood.RULE, pingFlood.enabled(),
                MESSAGE_FLOOD, messageFlood.enabled(),
                BANDWIDTH_SURGE, bandwidthSurge.enabled(),
                EVICTION_CHURN, evictionChurn.enabled(),
                CompactBlockFailures.RULE, compactBlockFailures.enabled(),
                FLEET_FAILURES, compactBlockFailures.enabled(),
                VersionOddities.RULE, versionOddities.enabled());
    }

    @Override
    public List<Supplier<Detector>> forNode() {
        List<Supplier<Detector>> rules = new ArrayList<>();
        add(rules, roundTrip.enabled(), () -> new RoundTrip(roundTrip));
        add(rules, misbehavingPeers.enabled(), () -> new MisbehavingPeers(misbehavingPeers));
        add(rules, pingFlood.enabled(), () -> new PingFlood(pingFlood));
        add(rules, messageFlood.enabled(), () -> new RateRule(Traffic.MESSAGES, messageFlood));
        add(rules, bandwidthSurge.enabled(), () -> new RateRule(Traffic.BYTES, bandwidthSurge));
        add(rules, evictionChurn.enabled(), () -> new RateRule(Traffic.EVICTIONS, evictionChurn));
        add(rules, compactBlockFailures.enabled(), () -> new CompactBlockFailures(compactBlockFailures));
        add(rules, versionOddities.enabled(), () -> new VersionOddities(versionOddities));
        return rules;
    }

    private static void add(List<Supplier<Detector>> rules, boolean enabled, Supplier<Detector> rule) {
        if (enabled) {
            rules.add(rule);
        }
    }

    @Override
    public List<Supplier<FleetDetector>> forFleet() {
        if (!compactBlockFailures.enabled()) {
            return List.of();
        }
        FleetQuorum.Question question = new FleetQuorum.Question(FLEET_FAILURES, "fleet-compact-block-failures",
                "compact-block-failures", compactBlockFailures.nodes(), Severity.INFO, "can't rebuild most compact blocks",
                "Blocks have transactions that are not relayed: look at what the latest blocks have that mempools had not.",
                Duration.ofMinutes(30));
        return List.of(() -> new FleetQuorum(question));
    }
}
