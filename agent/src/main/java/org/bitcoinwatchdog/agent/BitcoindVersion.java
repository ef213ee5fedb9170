package org.bitcoinwatchdog.agent;

import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeSoftware;

/**
 * bitcoind's version, from the user agent that it sends to its peers. The executable does not contain it as text, and
 * the agent does not run foreign executables.
 */
final class BitcoindVersion {
    private String version = "";

    void learnFrom(NodeEvent.Builder event) {
        if (version.isEmpty() && event.hasOutboundMessage() && event.getOutboundMessage().hasVersion()) {
            version = NodeSoftware.of(event.getOutboundMessage().getVersion().getUserAgent()).text();
        }
    }

    /** {@link NodeSoftware#text}: {@code v31.0.0}, {@code Knots v29.3.0.knots20260508}; empty while unknown. */
    String text() {
        return version;
    }
}
