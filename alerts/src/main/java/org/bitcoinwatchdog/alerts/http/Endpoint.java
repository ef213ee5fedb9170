package org.bitcoinwatchdog.alerts.http;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where to post to, and what may be known of it.
 *
 * @param internalAllowed whether the host may have a loopback, private or link-local address
 * @param secrets         that no text about an attempt may hold, besides the URL itself
 * @param caFile          certificates that vouch for the server, in place of Java's
 */
public record Endpoint(URI url, boolean internalAllowed, List<Secret> secrets, Optional<Path> caFile) {
    public Endpoint {
        secrets = List.copyOf(secrets);
    }

    @Override
    public String toString() {
        return "Endpoint[" + url.getHost() + "]";
    }
}
