package org.bitcoinwatchdog.alerts;

import java.net.URI;
import java.util.Set;

/** What an address in the configuration must be. Messages name the host at most: the rest may be a secret. */
public final class Urls {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private Urls() {
    }

    /** @throws IllegalArgumentException unless the address is an absolute http or https URL with a host */
    public static URI requireHttp(String what, URI url) {
        if (url.getScheme() == null || !SCHEMES.contains(url.getScheme().toLowerCase(java.util.Locale.ROOT))) {
            throw new IllegalArgumentException(what + " must begin with http:// or https://");
        }
        if (url.getHost() == null) {
            throw new IllegalArgumentException(what + " names no host");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(what + " must not hold a user name or password");
        }
        return url;
    }
}
