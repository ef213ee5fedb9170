package org.bitcoinwatchdog.alerts;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One place that notifications go to. Secrets are named by the file that holds them and are not part of the settings;
 * an address may hold one as well, so {@code toString} leaves addresses out.
 */
public sealed interface SinkSettings {
    Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /** Unique among the sinks; it is part of the key under which deliveries are remembered, so a renamed sink is a new one. */
    String name();

    /** Whether the sink may be at a loopback, private, link-local or otherwise internal address. Default: no. */
    boolean privateAllowed();

    /**
     * A channel of Slack, by incoming webhook.
     *
     * @param urlFile file with the webhook's URL, which is a secret
     */
    record Slack(String name, Path urlFile, Optional<Boolean> allowPrivate) implements SinkSettings {
        public Slack {
            requireName(name);
        }

        @Override
        public boolean privateAllowed() {
            return allowPrivate.orElse(false);
        }
    }

    /**
     * A service of PagerDuty, by Events API v2.
     *
     * @param routingKeyFile file with the integration's routing key
     * @param url            base address of the API; default https://events.pagerduty.com
     */
    record Pagerduty(String name, Path routingKeyFile, Optional<URI> url, Optional<Boolean> allowPrivate)
            implements SinkSettings {
        private static final URI EVENTS_API = URI.create("https://events.pagerduty.com");

        public Pagerduty {
            requireName(name);
            url.ifPresent(given -> Urls.requireHttp("url", given));
        }

        public URI api() {
            return url.orElse(EVENTS_API);
        }

        @Override
        public boolean privateAllowed() {
            return allowPrivate.orElse(false);
        }

        @Override
        public String toString() {
            return "Pagerduty[" + name + "]";
        }
    }

    /**
     * Any HTTP server, with the body of Alertmanager's webhook.
     *
     * @param url        where to post to
     * @param urlFile    file with the same, for an address that holds a token; one of the two is given
     * @param secretFile file with the key of the signature (Standard Webhooks: {@code whsec_} and base64); left out:
     *                   not signed
     */
    record Webhook(String name, Optional<URI> url, Optional<Path> urlFile, Optional<Path> secretFile,
            Optional<Boolean> allowPrivate) implements SinkSettings {
        public Webhook {
            requireName(name);
            if (url.isPresent() == urlFile.isPresent()) {
                throw new IllegalArgumentException("the webhook " + name + " has either url or url-file");
            }
            url.ifPresent(given -> Urls.requireHttp("url", given));
        }

        @Override
        public boolean privateAllowed() {
            return allowPrivate.orElse(false);
        }

        @Override
        public String toString() {
            return "Webhook[" + name + "]";
        }
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of a sink is made of letters, digits, '.', '_' and '-', at most 63, not '" + name + "'");
        }
    }
}
