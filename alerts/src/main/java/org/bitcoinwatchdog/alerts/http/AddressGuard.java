package org.bitcoinwatchdog.alerts.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.bitcoinwatchdog.events.InternalAddresses;

/**
 * Resolves a sink's host, and refuses internal addresses unless they are allowed. The client connects to the addresses
 * that it is given here and to no others, so a name can't answer one thing to the check and another to the connection.
 */
public final class AddressGuard implements DnsResolver {
    /** A sink's name leads to an address inside. */
    public static final class InternalAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        InternalAddressException(String host) {
            super(host + " has a private, link-local or otherwise internal address; allow-private: true would allow it");
        }
    }

    private final DnsResolver names;
    private final boolean internalAllowed;

    public AddressGuard(boolean internalAllowed) {
        this(SystemDefaultDnsResolver.INSTANCE, internalAllowed);
    }

    AddressGuard(DnsResolver names, boolean internalAllowed) {
        this.names = names;
        this.internalAllowed = internalAllowed;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        for (InetAddress address : addresses) {
            if (!internalAllowed && InternalAddresses.contains(address)) {
                throw new InternalAddressException(host);
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
