package org.bitcoinwatchdog.deploy.config;

/**
 * Where metrics and health are served.
 *
 * @param listen {@code host:port}; port 0 takes a free one
 */
public record HttpSettings(String listen) {
    public HttpSettings {
        if (!listen.matches("(\\[[0-9a-fA-F:]+]|[^:\\s]+):\\d{1,5}") || portOf(listen) > 65_535) {
            throw new IllegalArgumentException("listen is an address and a port, such as 127.0.0.1:9332");
        }
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
