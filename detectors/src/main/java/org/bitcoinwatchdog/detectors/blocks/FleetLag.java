package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.settings.Check;

/** A node that lacks a block which others of its network connected. */
public final class FleetLag {
    /**
     * @param warn       lag from which the rule warns
     * @param page       lag from which it pages
     * @param pageBlocks missing blocks from which a lag that warns pages at once
     * @param clearAfter how long the lag must be gone before the alert ends
     */
    public record Settings(boolean enabled, Duration warn, Duration page, int pageBlocks, Duration clearAfter) {
        public Settings {
            Check.positive("warn", warn);
            Check.ordered("warn", warn, "page", page);
            Check.atLeastOne("page-blocks", pageBlocks);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofSeconds(60), Duration.ofSeconds(120), 2, Duration.ofSeconds(30));
        }
    }
}
