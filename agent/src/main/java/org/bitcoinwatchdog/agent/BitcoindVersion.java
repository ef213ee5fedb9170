package org.bitcoinwatchdog.agent;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * bitcoind's version, from the user agent that it sends to its peers. The executable does not contain it as text, and
 * the agent does not run foreign executables.
 */
final class BitcoindVersion {
    private static final Pattern USER_AGENT = Pattern.compile("/Satoshi:(\\d+\\.\\d+\\.\\d+)[/(].*");

    private String version = "";

    void learnFrom(NodeEvent.Builder event) {
        if (version.isEmpty() && event.hasOutboundMessage() && event.getOutboundMessage().hasVersion()) {
            Matcher matcher = USER_AGENT.matcher(event.getOutboundMessage().getVersion().getUserAgent());
            version = matcher.matches() ? "v" + matcher.group(1) : "";
        }
    }

    /** {@code v31.0.0}; empty while unknown. */
    String text() {
        return version;
    }
}
