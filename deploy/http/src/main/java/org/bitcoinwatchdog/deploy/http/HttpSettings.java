package org.bitcoinwatchdog.deploy.http;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Where metrics, health and the console are served.
 *
 * @param listen        {@code host:port}; port 0 takes a free one
 * @param tokenFile     file with one line that opens the console, as bearer token or as password. Without this key
 *                      or the next, the console is served on loopback only
 * @param basicAuthFile file with lines of {@code user:password} that open the console
 * @param hosts         names, beside those of loopback, under which a browser may ask for the console and the metrics, such as
 *                      the name of a proxy in front of it
 * @param protectMetrics whether {@code /metrics}, and the details of {@code /healthz} and {@code /readyz}, need the console's
 *                      token or password too: they name nodes and sinks. A probe without the password still gets the status
 */
public record HttpSettings(String listen, Optional<Path> tokenFile, Optional<Path> basicAuthFile, Set<String> hosts,
        boolean protectMetrics) {
    public HttpSettings {
        if (!listen.matches("(\\[[0-9a-fA-F:]+]|[^:\\s]+):\\d{1,5}") || portOf(listen) > 65_535) {
            throw new IllegalArgumentException("listen is an address and a port, such as 127.0.0.1:9332");
        }
        for (String host : hosts) {
            if (!host.matches("[A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+]")) {
                throw new IllegalArgumentException("hosts are names without a port, such as watchdog.example.org");
            }
        }
        if (protectMetrics && tokenFile.isEmpty() && basicAuthFile.isEmpty()) {
            throw new IllegalArgumentException("protect-metrics needs token-file or basic-auth-file, whose password opens the metrics");
        }
        hosts = Set.copyOf(hosts);
    }

    public HttpSettings(String listen) {
        this(listen, Optional.empty(), Optional.empty(), Set.of(), false);
    }

    public static HttpSettings defaults() {
        return new HttpSettings("127.0.0.1:9332");
    }

    public String host() {
        return listen.substring(0, listen.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
    }

    public int port() {
        return portOf(listen);
    }

    private static int portOf(String listen) {
        return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    }
}
