package org.bitcoinwatchdog.detectors.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.family.DetectorFamily;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector;
import org.bitcoinwatchdog.detectors.node.Detector;

/** Who holds a node's connections, how they change, and what that means together with missing blocks: rules.md section 3. */
public record PeerConcentration(
        OutboundConcentration.Settings outboundConcentration,
        InboundConcentration.Settings inboundConcentration,
        InboundTakeover.Settings inboundTakeover,
        OutboundTurnover.Settings outboundTurnover,
        OutboundLoss.Settings outboundLoss,
        InboundDrop.Settings inboundDrop,
        ConnectionFlood.Settings connectionFlood,
        UselessPeers.Settings uselessPeers,
        AddrmanConcentration.Settings addrmanConcentration,
        Eclipse.Settings eclipse) implements DetectorFamily {
    static final String DETECTOR = "peer-concentration";

    public static PeerConcentration defaults() {
        return new PeerConcentration(
                OutboundConcentration.Settings.defaults(), InboundConcentration.Settings.defaults(),
                InboundTakeover.Settings.defaults(), OutboundTurnover.Settings.defaults(), OutboundLoss.Settings.defaults(),
                InboundDrop.Settings.defaults(), ConnectionFlood.Settings.defaults(), UselessPeers.Settings.defaults(),
                AddrmanConcentration.Settings.defaults(), Eclipse.Settings.defaults());
    }

    @Override
    public Map<Rule, Boolean> rules() {
        return Map.of(
                OutboundConcentration.RULE, outboundConcentration.enabled(),
                InboundConcentration.RULE, inboundConcentration.enabled(),
                InboundTakeover.RULE, inboundTakeover.enabled(),
                OutboundTurnover.RULE, outboundTurnover.enabled(),
                OutboundLoss.RULE, outboundLoss.enabled(),
                InboundDrop.RULE, inboundDrop.enabled(),
                ConnectionFlood.RULE, connectionFlood.enabled(),
                UselessPeers.RULE, uselessPeers.enabled(),
                AddrmanConcentration.RULE, addrmanConcentration.enabled(),
                Eclipse.RULE, eclipse.enabled());
    }

    /** Inbound concentration is asked last, since it pages together with others. */
    @Override
    public List<Supplier<Detector>> forNode() {
        List<Supplier<Detector>> rules = new ArrayList<>();
        add(rules, outboundConcentration.enabled(), () -> new OutboundConcentration(outboundConcentration));
        add(rules, inboundTakeover.enabled(), () -> new InboundTakeover(inboundTakeover));
        add(rules, outboundTurnover.enabled(), () -> new OutboundTurnover(outboundTurnover));
        add(rules, outboundLoss.enabled(), () -> new OutboundLoss(outboundLoss));
        add(rules, inboundDrop.enabled(), () -> new InboundDrop(inboundDrop));
        add(rules, connectionFlood.enabled(), () -> new ConnectionFlood(connectionFlood));
        add(rules, uselessPeers.enabled(), () -> new UselessPeers(uselessPeers));
        add(rules, addrmanConcentration.enabled(), () -> new AddrmanConcentration(addrmanConcentration));
        add(rules, inboundConcentration.enabled(), () -> new InboundConcentration(inboundConcentration));
        return rules;
    }

    @Override
    public List<Supplier<FleetDetector>> forFleet() {
        List<Supplier<FleetDetector>> rules = new ArrayList<>();
        add(rules, inboundDrop.enabled(), () -> new InboundDropEverywhere(inboundDrop));
        add(rules, eclipse.enabled(), () -> new Eclipse(eclipse));
        return rules;
    }

    private static <T> void add(List<Supplier<T>> rules, boolean enabled, Supplier<T> rule) {
        if (enabled) {
            rules.add(rule);
        }
    }
}
