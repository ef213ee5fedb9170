package org.bitcoinwatchdog.agent;

import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeSoftware;

/**
 * bitcoind's implementation and version, from the user agent that it sends to its peers. The executable does not contain it
 * as text, and the agent does not run foreign executables.
 */
final class BitcoindVersion {
    private NodeSoftware software = NodeSoftware.of("");

    void learnFrom(NodeEvent.Builder event) {
        if (software.text().isEmpty() && event.hasOutboundMessage() && event.getOutboundMessage().hasVersion()) {
            software = NodeSoftware.of(event.getOutboundMessage().getVersion().getUserAgent());
        }
    }

    /** Its text is empty while it is unknown. */
    NodeSoftware software() {
        return software;
    }
}
