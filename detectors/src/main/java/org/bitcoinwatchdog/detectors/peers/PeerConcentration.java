package org.bitcoinwatchdog.detectors.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.family.DetectorFamily;
import org.bitcoinwatchdog.detectors.node.Detector;

/** Peers that too often share a netgroup or an autonomous system: DETECTORS.md section 3. */
public record PeerConcentration(
        OutboundConcentration.Settings outboundConcentration,
        InboundConcentration.Settings inboundConcentration) implements DetectorFamily {
    static final String DETECTOR = "peer-concentration";

    public static PeerConcentration defaults() {
        return new PeerConcentration(
                OutboundConcentration.Settings.defaults(), InboundConcentration.Settings.defaults());
    }

    @Override
    public List<Supplier<Detector>> forNode() {
        List<Supplier<Detector>> rules = new ArrayList<>();
        if (outboundConcentration.enabled()) {
            rules.add(() -> new OutboundConcentration(outboundConcentration));
        }
        if (inboundConcentration.enabled()) {
            rules.add(() -> new InboundConcentration(inboundConcentration));
        }
        return rules;
    }
}
