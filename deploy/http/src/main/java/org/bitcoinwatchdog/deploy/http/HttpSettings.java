package org.bitcoinwatchdog.deploy.http;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Where metrics, health and the console are served.
 *
 * @param listen        {@code host:port}; port 0 takes a free one
 * @param tokenFile     holds the one line that who opens the console must know, as bearer token or as password. Without it
 *                      or the next, the console is served on loopback only
 * @param basicAuthFile lines of {@code user:password} that open the console
 * @param hosts         names, beside those of loopback, under which a browser may ask for the console: those of a proxy
 *                      before it
 */
public record HttpSettings(String listen, Optional<Path> tokenFile, Optional<Path> basicAuthFile, Set<String> hosts) {
    public HttpSettings {
        if (!listen.matches("(\\[[0-9a-fA-F:]+]|[^:\\s]+):\\d{1,5}") || portOf(listen) > 65_535) {
            throw new IllegalArgumentException("listen is an address and a port, such as 127.0.0.1:9332");
        }
        for (String host : hosts) {
            if (!host.matches("[A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+]")) {
                throw new IllegalArgumentException("hosts are names without a port, such as watchdog.example.org");
            }
        }
        hosts = Set.copyOf(hosts);
    }

    public HttpSettings(String listen) {
        this(listen, Optional.empty(), Optional.empty(), Set.of());
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
