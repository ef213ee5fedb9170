package org.bitcoinwatchdog.alerts.sinks;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcoinwatchdog.alerts.http.HttpPoster;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.events.Alert;

/**
 * An Alertmanager, through its API v2. Alertmanager groups, silences and routes alerts itself.
 *
 * @param url          its base URL
 * @param tokenFile    file with a bearer token, for a proxy that needs one
 * @param username     for basic authentication
 * @param passwordFile file with the password for basic authentication
 * @param resend       time between two posts of an alert that still fires. Alertmanager resolves an alert that it did not get
 *                     for four times as long. Default: 1m
 */
public record Alertmanager(String name, URI url, Optional<Path> tokenFile, Optional<String> username, Optional<Path> passwordFile,
        Optional<Duration> resend, Optional<Path> caFile, Optional<Boolean> allowPrivate) implements SinkSettings {
    private static final Duration RESEND = Duration.ofMinutes(1);

    public Alertmanager {
        SinkSettings.requireName(name);
        SinkSettings.requireHttp("url", url);
        if (username.isPresent() != passwordFile.isPresent() || username.isPresent() && tokenFile.isPresent()) {
            throw new IllegalArgumentException("use username together with password-file, or token-file alone");
        }
        if (username.isPresent() && username.get().contains(":")) {
            throw new IllegalArgumentException("username must not contain a colon (RFC 7617)");
        }
        if (resend.isPresent() && resend.get().compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("resend must be at least 1s");
        }
    }

    public Duration resendEvery() {
        return resend.orElse(RESEND);
    }

    @Override
    public String toString() {
        return "Alertmanager[" + name + "]";
    }

    @Override
    public Sink open(Sinks sinks) {
        Optional<Authorization> authorization = tokenFile.map(Secret::in).map(Authorization::bearer)
                .or(() -> passwordFile.map(Secret::in).map(password -> Authorization.basic(username.orElseThrow(), password)));
        List<Secret> secrets = authorization.map(Authorization::secrets).orElse(List.of());
        return new AlertmanagerSink(sinks.http(Sinks.below(url, "/api/v2/alerts"), this, secrets), resendEvery(),
                authorization.map(Authorization::header), sinks.clock());
    }

    /**
     * The header Authorization.
     *
     * @param header  its value
     * @param secrets the parts that no log line or dead letter may contain
     */
    private record Authorization(Secret header, List<Secret> secrets) {
        Authorization {
            secrets = List.copyOf(secrets);
        }

        /** RFC 6750. */
        static Authorization bearer(Secret token) {
            return new Authorization(Secret.of("Bearer " + token.reveal()), List.of(token));
        }

        /** RFC 7617. */
        static Authorization basic(String username, Secret password) {
            Secret credentials = Secret.of(Base64.getEncoder().encodeToString(
                    (username + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8)));
            return new Authorization(Secret.of("Basic " + credentials.reveal()), List.of(password, credentials));
        }
    }

    /**
     * Posts to {@code /api/v2/alerts} (prometheus/alertmanager, api/v2/openapi.yaml). Each post of a firing alert has an end a
     * little ahead, so Alertmanager resolves the alert itself if the posts stop. It groups alerts, so each one goes alone.
     */
    private record AlertmanagerSink(HttpPoster http, Duration resend, Optional<Secret> authorization, Clock clock)
            implements Sinks.HttpSink {
        private static final int RESENDS_TO_END = 4;

        @Override
        public SendOutcome send(Notification notification) {
            Instant now = clock.instant();
            List<Object> alerts = new ArrayList<>();
            for (NotifiedAlert notified : notification.alerts()) {
                Alert alert = notified.alert();
                // Alertmanager identifies an alert by all of its labels: the alert with the earlier severity ends.
                notified.known().filter(known -> known != alert.severity()).ifPresent(known ->
                        alerts.add(posted(alert, known.label(), now, notification.externalUrl())));
                Instant end = alert.firing() ? now.plus(resend.multipliedBy(RESENDS_TO_END)) : earlier(alert.endsAt(), now);
                alerts.add(posted(alert, alert.severity().label(), end, notification.externalUrl()));
            }
            return http.post(Sinks.json(alerts),
                    authorization.map(header -> Map.of("Authorization", header.reveal())).orElse(Map.of()));
        }

        @Override
        public boolean takesGroups() {
            return false;
        }

        @Override
        public Optional<Duration> reminders() {
            return Optional.of(resend);
        }

        private static Map<String, Object> posted(Alert alert, String severity, Instant end, Optional<URI> externalUrl) {
            Map<String, String> labels = new TreeMap<>(alert.labels());
            labels.put(Alert.SEVERITY, severity);
            Instant start = earlier(alert.startsAt(), end);
            Map<String, Object> posted = new LinkedHashMap<>();
            posted.put("labels", labels);
            posted.put("annotations", alert.annotations());
            posted.put("startsAt", start.toString());
            posted.put("endsAt", end.toString());
            externalUrl.ifPresent(url -> posted.put("generatorURL", url.toString()));
            return posted;
        }

        private static Instant earlier(Instant a, Instant b) {
            return a.isBefore(b) ? a : b;
        }
    }
}
