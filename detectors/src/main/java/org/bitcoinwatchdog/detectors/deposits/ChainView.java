package org.bitcoinwatchdog.detectors.deposits;

import java.util.List;
import org.bitcoinwatchdog.events.FiringAlert;

/**
 * A node or witness as the verdict sees it.
 *
 * @param alerts that fire about it
 */
public record ChainView(String name, boolean witness, ViewState state, List<FiringAlert> alerts) {
    /** Whether it shows the chain now, and why not. */
    public enum ViewState {
        CURRENT(""),
        STOPPED("does not run"),
        SILENT("has not been heard of for a minute"),
        LATE("is read late"),
        CATCHING_UP("is catching up with the chain, or has not been at the tip for long enough"),
        WITHOUT_TIP("has not connected a block since it is watched");

        private final String text;

        ViewState(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
