package org.bitcoinwatchdog.deploy.console.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.deploy.http.HttpSettings;

/**
 * The names that a browser may ask under. A page of a stranger can make its own name resolve to loopback (DNS rebinding)
 * and would then be of the console's origin; but it can't change the name in the Host header.
 */
final class HostNames {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private final Set<String> also;
    private final boolean any;

    HostNames(HttpSettings settings) {
        also = settings.hosts();
        // Elsewhere than on loopback a password is asked, which a browser keeps for each name by itself.
        any = also.isEmpty() && !Credentials.isLoopback(settings.host());
    }

    /** @param host the Host header's value, null where there is none */
    boolean known(String host) {
        if (host == null) {
            return false;
        }
        String name = host.replaceFirst(":\\d{1,5}$", "").toLowerCase(Locale.ROOT);
        return any || LOOPBACK.matcher(name).matches() || also.stream().anyMatch(name::equalsIgnoreCase);
    }
}
