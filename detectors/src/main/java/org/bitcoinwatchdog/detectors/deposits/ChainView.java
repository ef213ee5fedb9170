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
        SILENT("has sent no events for a minute"),
        LATE("has events that are read late"),
        CATCHING_UP("is not known to be at the tip: it catches up, was started lately, or closed all its connections"),
        WITHOUT_TIP("has connected no block since it is watched");

        private final String text;

        ViewState(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
