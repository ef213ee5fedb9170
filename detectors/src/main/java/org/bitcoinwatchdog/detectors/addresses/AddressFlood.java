package org.bitcoinwatchdog.detectors.addresses;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.detectors.settings.Check;

/** Address entries over the rate at which Bitcoin Core processes them. */
public final class AddressFlood implements Detector {
    /**
     * @param window      over which discarded entries are summed
     * @param peerEntries discarded entries of one peer from which the rule warns
     * @param peers       such peers from which it pages
     * @param nodeEntries discarded entries of all peers from which it pages
     */
    public record Settings(
            boolean enabled, Duration window, int peerEntries, int peers, int nodeEntries, Duration clearAfter) {
        public Settings {
            Check.positive("window", window);
            Check.atLeastOne("peer-entries", peerEntries);
            Check.atLeastOne("peers", peers);
            Check.ordered("peer-entries", peerEntries, "node-entries", nodeEntries);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofMinutes(10), 500, 3, 5_000, Duration.ZERO);
        }
    }

    AddressFlood(Settings settings) {
    }
}
