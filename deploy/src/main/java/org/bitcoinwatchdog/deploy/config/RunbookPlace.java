package org.bitcoinwatchdog.deploy.config;

import java.net.URI;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.http.HttpSettings;

/** Where the runbook is that alerts link to: with the console. */
final class RunbookPlace {
    private static final String PAGE = "/runbook#";

    private RunbookPlace() {
    }

    /**
     * What stands before an alert's name. Where {@code external-url} is not set, the address that the console listens at: on
     * loopback such a link leads there from the machine itself, or through a tunnel.
     */
    static String base(Optional<URI> externalUrl, HttpSettings http) {
        return externalUrl.map(url -> url.toString().replaceAll("/+$", "") + PAGE)
                .orElseGet(() -> "http://" + host(http) + ":" + http.port() + PAGE);
    }

    /** A link can't lead to the address of all interfaces. */
    private static String host(HttpSettings http) {
        String host = http.host();
        if (host.equals("0.0.0.0") || host.equals("::")) {
            return "127.0.0.1";
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
