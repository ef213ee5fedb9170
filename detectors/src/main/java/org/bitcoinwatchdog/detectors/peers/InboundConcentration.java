package org.bitcoinwatchdog.detectors.peers;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.detectors.settings.Check;

/** Inbound connections that come from few netgroups or autonomous systems. */
public final class InboundConcentration implements Detector {
    /**
     * @param minPeers         inbound peers below which nothing is judged
     * @param windows          windows in a row that must be over a threshold
     * @param topAsShare       smoothed share of the largest autonomous system
     * @param asHhi            unbiased Herfindahl-Hirschman index over autonomous systems
     * @param topNetgroupShare smoothed share of the largest netgroup
     */
    public record Settings(
            boolean enabled, int minPeers, Duration window, int windows, double topAsShare, double asHhi,
            double topNetgroupShare) {
        public Settings {
            Check.atLeastOne("min-peers", minPeers - 1);
            Check.positive("window", window);
            Check.atLeastOne("windows", windows);
            Check.share("top-as-share", topAsShare);
            Check.share("as-hhi", asHhi);
            Check.share("top-netgroup-share", topNetgroupShare);
        }

        public static Settings defaults() {
            return new Settings(true, 20, Duration.ofMinutes(5), 3, 0.45, 0.25, 0.30);
        }
    }

    InboundConcentration(Settings settings) {
    }
}
