package org.bitcoinwatchdog.deploy.console.model;

/**
 * An open connection. Address and user agent are the peer's own words, cut to a length.
 *
 * @param as          null without an asmap
 * @param connectedMs UNIX milliseconds, 0 where the connection is older than the console
 */
public record PeerView(long id, String address, String netgroup, String as, String network, boolean inbound, String connectionType,
        String userAgent, long connectedMs, long lastMs, String lastType, long received, long sent, long receivedBytes,
        long sentBytes, long addressEntries, boolean misbehaving) {
}
