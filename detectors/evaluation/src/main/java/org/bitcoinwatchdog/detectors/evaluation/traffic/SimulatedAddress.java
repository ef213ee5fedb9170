package org.bitcoinwatchdog.detectors.evaluation.traffic;

/**
 * An IPv4 address of the made-up Internet.
 *
 * @param ipv4     as a number
 * @param asNumber whose it is
 */
public record SimulatedAddress(int ipv4, int port, int asNumber) {
    /** Core's netgroup of an IPv4 address: its first 16 bits. */
    public int netgroup() {
        return ipv4 >>> 16;
    }

    @Override
    public String toString() {
        return (ipv4 >>> 24) + "." + (ipv4 >>> 16 & 255) + "." + (ipv4 >>> 8 & 255) + "." + (ipv4 & 255) + ":" + port;
    }
}
