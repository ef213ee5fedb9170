package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.detectors.settings.Check;

/** A header that extends the chain, with its work, whose block the node has not connected. */
public final class AnnouncedNotConnected implements Detector {
    /** @param page time since the header's announcement from which the rule pages */
    public record Settings(boolean enabled, Duration page, Duration clearAfter) {
        public Settings {
            Check.positive("page", page);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofSeconds(300), Duration.ZERO);
        }
    }

    AnnouncedNotConnected(Settings settings) {
    }
}
