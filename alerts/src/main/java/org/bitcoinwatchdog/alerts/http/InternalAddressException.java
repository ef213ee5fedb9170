package org.bitcoinwatchdog.alerts.http;

import java.net.UnknownHostException;

/** A sink's name leads to an address inside. */
public final class InternalAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    InternalAddressException(String host) {
        super(host + " has a private, link-local or otherwise internal address; allow-private: true would allow it");
    }
}
