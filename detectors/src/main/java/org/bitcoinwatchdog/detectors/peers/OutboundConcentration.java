package org.bitcoinwatchdog.detectors.peers;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.detectors.settings.Check;

/** Outbound slots that share a netgroup or an autonomous system. */
public final class OutboundConcentration implements Detector {
    /** Counts of outbound slots in one group from which the rule warns or pages. */
    public record Settings(
            boolean enabled, int asWarn, int asPage, int netgroupWarn, int netgroupPage, Duration clearAfter) {
        public Settings {
            Check.atLeastOne("as-warn", asWarn);
            Check.ordered("as-warn", asWarn, "as-page", asPage);
            Check.atLeastOne("netgroup-warn", netgroupWarn);
            Check.ordered("netgroup-warn", netgroupWarn, "netgroup-page", netgroupPage);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, 5, 6, 2, 3, Duration.ofSeconds(60));
        }
    }

    OutboundConcentration(Settings settings) {
    }
}
