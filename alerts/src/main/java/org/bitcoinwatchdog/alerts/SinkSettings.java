package org.bitcoinwatchdog.alerts;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One place that notifications go to. Secrets are named by the file that holds them and are not part of the settings;
 * an address may hold one as well, so {@code toString} leaves addresses out.
 */
public sealed interface SinkSettings permits SinkSettings.Slack, SinkSettings.Pagerduty, SinkSettings.Webhook,
        SinkSettings.Alertmanager, SinkSettings.Telegram, SinkSettings.Email, SinkSettings.Exec {
    Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /** Unique among the sinks; it is part of the key under which deliveries are remembered, so a renamed sink is a new one. */
    String name();

    /** Whether the sink may be at a loopback, private, link-local or otherwise internal address. Default: no. */
    Optional<Boolean> allowPrivate();

    default boolean privateAllowed() {
        return allowPrivate().orElse(false);
    }

    /** Certificates (PEM) that vouch for the sink's server, in place of those that Java trusts. */
    default Optional<Path> caFile() {
        return Optional.empty();
    }

    /**
     * A channel of Slack, by incoming webhook.
     *
     * @param urlFile file with the webhook's URL, which is a secret
     */
    record Slack(String name, Path urlFile, Optional<Boolean> allowPrivate) implements SinkSettings {
        public Slack {
            requireName(name);
        }
    }

    /**
     * A service of PagerDuty, by Events API v2.
     *
     * @param routingKeyFile file with the integration's routing key
     * @param url            base address of the API; default https://events.pagerduty.com
     */
    record Pagerduty(String name, Path routingKeyFile, Optional<URI> url, Optional<Path> caFile,
            Optional<Boolean> allowPrivate) implements SinkSettings {
        private static final URI EVENTS_API = URI.create("https://events.pagerduty.com");

        public Pagerduty {
            requireName(name);
            url.ifPresent(given -> Urls.requireHttp("url", given));
        }

        public Pagerduty(String name, Path routingKeyFile, Optional<URI> url, Optional<Boolean> allowPrivate) {
            this(name, routingKeyFile, url, Optional.empty(), allowPrivate);
        }

        public URI api() {
            return url.orElse(EVENTS_API);
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
     * @param format     of the body; default: Alertmanager's
     */
    record Webhook(String name, Optional<URI> url, Optional<Path> urlFile, Optional<Path> secretFile,
            Optional<WebhookFormat> format, Optional<Path> caFile, Optional<Boolean> allowPrivate) implements SinkSettings {
        public Webhook(String name, Optional<URI> url, Optional<Path> urlFile, Optional<Path> secretFile,
                Optional<Boolean> allowPrivate) {
            this(name, url, urlFile, secretFile, Optional.empty(), Optional.empty(), allowPrivate);
        }

        public Webhook {
            requireName(name);
            if (url.isPresent() == urlFile.isPresent()) {
                throw new IllegalArgumentException("the webhook " + name + " has either url or url-file");
            }
            url.ifPresent(given -> Urls.requireHttp("url", given));
        }

        @Override
        public String toString() {
            return "Webhook[" + name + "]";
        }
    }

    /** The body of a webhook. */
    enum WebhookFormat {
        /** That of Alertmanager's webhooks, version 4. */
        ALERTMANAGER,
        /** The same within a CloudEvent (CloudEvents 1.0, structured content mode). */
        CLOUDEVENTS
    }

    /**
     * An Alertmanager, by its API v2. It groups, silences and routes by itself.
     *
     * @param url          its base address
     * @param tokenFile    file with a bearer token, where a proxy before it asks for one
     * @param username     of its basic authentication
     * @param passwordFile file with the password to that
     * @param resend       how often it is told what still fires; it takes an alert as over after four times that. Default: 1m
     */
    record Alertmanager(String name, URI url, Optional<Path> tokenFile, Optional<String> username, Optional<Path> passwordFile,
            Optional<Duration> resend, Optional<Path> caFile, Optional<Boolean> allowPrivate) implements SinkSettings {
        private static final Duration RESEND = Duration.ofMinutes(1);

        public Alertmanager {
            requireName(name);
            Urls.requireHttp("url", url);
            if (username.isPresent() != passwordFile.isPresent() || username.isPresent() && tokenFile.isPresent()) {
                throw new IllegalArgumentException("username and password-file belong together, or there is a token-file");
            }
            if (username.isPresent() && username.get().contains(":")) {
                throw new IllegalArgumentException("a username for basic authentication has no colon (RFC 7617)");
            }
            if (resend.isPresent() && resend.get().compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("resend is at least 1s");
            }
        }

        public Duration resendEvery() {
            return resend.orElse(RESEND);
        }

        @Override
        public String toString() {
            return "Alertmanager[" + name + "]";
        }
    }

    /**
     * Mail, by SMTP.
     *
     * @param server       {@code smtp.example.org} or {@code smtp.example.org:587}
     * @param from         the sender's address
     * @param to           the recipients' addresses
     * @param username     to log in with; left out: no login
     * @param passwordFile file with its password
     * @param encryption   default: STARTTLS, without which nothing is sent
     */
    record Email(String name, String server, String from, List<String> to, Optional<String> username,
            Optional<Path> passwordFile, Optional<Encryption> encryption, Optional<Path> caFile,
            Optional<Boolean> allowPrivate) implements SinkSettings {
        private static final Pattern SERVER = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");
        private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+");

        /** How the connection is kept from being read and changed on the way. */
        public enum Encryption {
            STARTTLS,
            TLS,
            NONE
        }

        public Email {
            requireName(name);
            to = List.copyOf(to);
            if (!SERVER.matcher(server).matches()) {
                throw new IllegalArgumentException("server is a host's name and, after a colon, a port");
            }
            if (to.isEmpty() || !Stream.concat(Stream.of(from), to.stream()).allMatch(a -> ADDRESS.matcher(a).matches())) {
                throw new IllegalArgumentException("from is a mail address, and to one or several, without names");
            }
            if (username.isPresent() != passwordFile.isPresent()) {
                throw new IllegalArgumentException("username and password-file belong together");
            }
        }

        public String host() {
            Matcher parts = SERVER.matcher(server);
            return parts.matches() ? parts.group(1).replaceAll("[\\[\\]]", "") : server;
        }

        /** As given, or the one that is usual for the encryption: 465, 587 or 25. */
        public int port() {
            Matcher parts = SERVER.matcher(server);
            if (parts.matches() && parts.group(2) != null) {
                return Integer.parseInt(parts.group(2));
            }
            return switch (security()) {
                case TLS -> 465;
                case STARTTLS -> 587;
                case NONE -> 25;
            };
        }

        public Encryption security() {
            return encryption.orElse(Encryption.STARTTLS);
        }
    }

    /**
     * A chat of Telegram, by a bot.
     *
     * @param tokenFile file with the bot's token
     * @param chat      the chat's number or @name
     * @param url       base address of the API; default https://api.telegram.org
     */
    record Telegram(String name, Path tokenFile, String chat, Optional<URI> url, Optional<Path> caFile,
            Optional<Boolean> allowPrivate) implements SinkSettings {
        private static final URI BOT_API = URI.create("https://api.telegram.org");

        public Telegram {
            requireName(name);
            url.ifPresent(given -> Urls.requireHttp("url", given));
            if (chat.isBlank()) {
                throw new IllegalArgumentException("chat is the chat's number or @name");
            }
        }

        public URI api() {
            return url.orElse(BOT_API);
        }

        @Override
        public String toString() {
            return "Telegram[" + name + "]";
        }
    }

    /**
     * A program of this machine that reads the notification, as a webhook's body, from its standard input. It runs
     * without a shell and with an empty environment.
     *
     * @param program   absolute path of the executable
     * @param arguments given to it as they are
     * @param timeout   after which it is killed with everything that it started. Default: that of an exchange
     */
    record Exec(String name, Path program, Optional<List<String>> arguments, Optional<Duration> timeout)
            implements SinkSettings {
        public Exec {
            requireName(name);
            arguments = arguments.map(List::copyOf);
            if (!program.isAbsolute()) {
                throw new IllegalArgumentException("program is an absolute path");
            }
            if (timeout.isPresent() && (timeout.get().isNegative() || timeout.get().isZero()
                    || timeout.get().compareTo(Duration.ofMinutes(2)) > 0)) {
                throw new IllegalArgumentException("timeout is more than zero and at most 2m");
            }
        }

        /** It connects to nothing by itself. */
        @Override
        public Optional<Boolean> allowPrivate() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "Exec[" + name + "]";
        }
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of a sink is made of letters, digits, '.', '_' and '-', at most 63, not '" + name + "'");
        }
    }
}
