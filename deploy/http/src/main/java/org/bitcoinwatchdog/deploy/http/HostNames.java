package org.bitcoinwatchdog.deploy.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names under which a browser may ask. A stranger's page can make its own name resolve to loopback (DNS rebinding), and
 * would then have the console's origin. But it can't change the name in the Host header.
 */
public final class HostNames {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private final Set<String> also;
    private final boolean any;

    public HostNames(HttpSettings settings) {
        also = settings.hosts();
        // Beyond loopback the console asks for a password, which a browser keeps for each name by itself.
        any = also.isEmpty() && !Credentials.isLoopback(settings.host());
    }

    /** @param host the Host header's value */
    public boolean known(String host) {
        String name = host.replaceFirst(":\\d{1,5}$", "").toLowerCase(Locale.ROOT);
        return any || LOOPBACK.matcher(name).matches() || also.stream().anyMatch(name::equalsIgnoreCase);
    }
}
