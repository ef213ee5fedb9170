package org.bitcoinwatchdog.alerts.sinks;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcoinwatchdog.alerts.http.HttpPoster;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.notification.Outcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.events.Alert;

/**
 * An Alertmanager, by {@code POST /api/v2/alerts} (prometheus/alertmanager, api/v2/openapi.yaml). It is told again and
 * again what still fires, each time with an end a little ahead, so that it notices when nobody tells it any more. It
 * groups by itself and is told each alert at once.
 *
 * @param authorization the header of that name
 */
record AlertmanagerSink(HttpPoster http, Duration resend, Optional<Secret> authorization, Clock clock) implements Sink {
    private static final int RESENDS_TO_THE_END = 4;

    @Override
    public Outcome send(Notification notification) {
        Instant now = clock.instant();
        List<Object> alerts = new ArrayList<>();
        for (NotifiedAlert notified : notification.alerts()) {
            Alert alert = notified.alert();
            // For Alertmanager, whose identity of an alert is all of its labels, another severity is another alert.
            notified.known().filter(known -> known != alert.severity()).ifPresent(known ->
                    alerts.add(posted(alert, known.label(), now, notification.externalUrl())));
            Instant end = alert.firing() ? now.plus(resend.multipliedBy(RESENDS_TO_THE_END)) : earlier(alert.endsAt(), now);
            alerts.add(posted(alert, alert.severity().label(), end, notification.externalUrl()));
        }
        return http.post(Json.bytes(alerts),
                authorization.map(header -> Map.of("Authorization", header.reveal())).orElse(Map.of()));
    }

    @Override
    public Outcome reach() {
        return http.reach();
    }

    @Override
    public boolean takesGroups() {
        return false;
    }

    @Override
    public Optional<Duration> reminders() {
        return Optional.of(resend);
    }

    @Override
    public void close() {
        http.close();
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
