package org.bitcoinwatchdog.alerts.sinks;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.alerts.notification.Sink;

/**
 * The settings of one sink, a place that notifications go to. A secret is in a file that the settings name. A URL may
 * contain a secret, so {@code toString} leaves URLs out.
 */
public sealed interface SinkSettings permits Slack, Pagerduty, Webhook, Alertmanager, Telegram, Email, Exec {
    /** Unique among the sinks. It is part of the keys in {@code watchdog.deliveries}, so a renamed sink is a new one. */
    String name();

    /** Whether the sink may have a loopback, private, link-local or otherwise internal address. Default: no. */
    Optional<Boolean> allowPrivate();

    default boolean privateAllowed() {
        return allowPrivate().orElse(false);
    }

    /** File with the certificates (PEM) to trust for the sink's server, instead of those that Java trusts. */
    default Optional<Path> caFile() {
        return Optional.empty();
    }

    /**
     * Makes the sink and reads its secrets.
     *
     * @throws IllegalArgumentException if a file can't be read or used. The message names the file, not its content
     */
    Sink open(Sinks sinks);

    /** @throws IllegalArgumentException if the name has other characters than letters, digits, '.', '_' and '-' */
    static void requireName(String name) {
        if (!Pattern.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}", name)) {
            throw new IllegalArgumentException("the name of a sink is made of letters, digits, '.', '_' and '-', at most 63, not '"
                    + name + "'");
        }
    }

    /**
     * Checks a URL of the configuration. The message names no more than the key: the rest of the URL may be a secret.
     *
     * @throws IllegalArgumentException unless it is an absolute http or https URL with a host and without a password
     */
    static URI requireHttp(String key, URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(key + " must begin with http:// or https://");
        }
        if (url.getHost() == null) {
            throw new IllegalArgumentException(key + " has no host");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(key + " must not contain a user name or password");
        }
        return url;
    }
}
