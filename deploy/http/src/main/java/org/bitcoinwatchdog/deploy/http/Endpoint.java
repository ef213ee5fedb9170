package org.bitcoinwatchdog.deploy.http;

/** Serves one path of a {@link WebServer}. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Answers the exchange, now or later from another thread. It must not block: the server's few threads also serve health
     * and metrics. {@link EndpointPool} takes endpoints that need time.
     */
    void handle(Exchange exchange) throws Exception;
}
