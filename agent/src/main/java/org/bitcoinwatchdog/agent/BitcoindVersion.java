package org.bitcoinwatchdog.agent;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * bitcoind's version, learned from the user agent that it tells its peers: the executable does not hold it as text, and
 * to run a stranger's executable in order to ask is out of the question.
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
