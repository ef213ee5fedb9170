package org.bitcoinwatchdog.alerts.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.bitcoinwatchdog.events.InternalAddresses;

/**
 * Resolves the host of a sink, and refuses internal addresses unless the settings allow them. The client connects only to the
 * addresses that it gets here, so a name can't resolve to another address after the check.
 */
public final class AddressGuard implements DnsResolver {
    /** The host of a sink has an internal address. */
    public static final class InternalAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        InternalAddressException(String host) {
            super(host + " has a private, link-local or otherwise internal address; allow-private: true allows it");
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
