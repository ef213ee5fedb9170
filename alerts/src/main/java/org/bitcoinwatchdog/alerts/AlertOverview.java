package org.bitcoinwatchdog.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.bitcoinwatchdog.alerts.inhibition.Inhibition;
import org.bitcoinwatchdog.alerts.kafka.AlertDecoder;
import org.bitcoinwatchdog.alerts.kafka.Clients;
import org.bitcoinwatchdog.alerts.pipeline.Router;
import org.bitcoinwatchdog.alerts.silence.Silences;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Topics;

/**
 * The alerts that are in Kafka now, for commands and pages.
 *
 * @param alerts      the firing ones first, then by severity, then by time
 * @param undelivered dead letters of sinks, oldest first
 */
public record AlertOverview(List<ListedAlert> alerts, List<Undelivered> undelivered) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    /** @param hidden why no one is notified of it: {@code silenced}, {@code inhibited}, or {@code unrouted} if no route has a sink for it */
    public record ListedAlert(Alert alert, Optional<String> hidden) {
    }

    /** A dead letter of a sink. */
    public record Undelivered(Instant at, String sink, String alertname, String place, String reason) {
    }

    /** @throws KafkaException if Kafka does not answer */
    public static AlertOverview read(AlertSettings settings, Map<String, Object> kafkaProperties, Clock clock) {
        Clients clients = new Clients(kafkaProperties);
        Silences silences = new Silences();
        Inhibition inhibition = new Inhibition(settings.inhibit());
        List<Undelivered> undelivered = new ArrayList<>();
        clients.readAll(Topics.SILENCES, silences::change, PATIENCE);
        Collection<Alert> alerts = alerts(clients, PATIENCE);
        clients.readAll(Topics.DEAD_LETTERS, (key, json) -> undelivered.addAll(undelivered(json)), PATIENCE);
        alerts.forEach(inhibition::accept);
        Instant now = clock.instant();
        Router router = Router.of(settings.routes(), settings.sinkNames());
        return new AlertOverview(alerts.stream()
                .sorted(Comparator.comparing(Alert::firing).thenComparing(Alert::severity).reversed()
                        .thenComparing(Alert::startsAt).thenComparing(Alert::fingerprint))
                .map(alert -> new ListedAlert(alert, hidden(alert, silences, inhibition, router, now)))
                .toList(), undelivered);
    }

    private static Optional<String> hidden(Alert alert, Silences silences, Inhibition inhibition, Router router,
            Instant now) {
        if (!alert.firing()) {
            return Optional.empty();
        }
        if (silences.silencedUntil(alert.labels(), now).isPresent()) {
            return Optional.of("silenced");
        }
        if (inhibition.inhibits(alert)) {
            return Optional.of("inhibited");
        }
        return router.notifies(alert) ? Optional.empty() : Optional.of("unrouted");
    }

    /** The last state of each alert in Kafka. */
    static Collection<Alert> alerts(Clients clients, Duration patience) {
        Map<String, Alert> alerts = new HashMap<>();
        clients.readAll(Topics.ALERTS, (key, json) -> keep(alerts, key, json), patience);
        return alerts.values();
    }

    /** A record that is not an alert is left out; the owner of its partition reports it. */
    private static void keep(Map<String, Alert> alerts, String key, byte[] json) {
        try {
            if (json == null) {
                alerts.remove(key);
            } else {
                alerts.put(key, AlertDecoder.read(key, json));
            }
        } catch (IOException e) {
            alerts.remove(key);
        }
    }

    private static List<Undelivered> undelivered(byte[] json) {
        try {
            JsonNode letter = JSON.readTree(json);
            List<Undelivered> found = new ArrayList<>();
            for (JsonNode alert : letter.path("alerts")) {
                JsonNode labels = alert.path("labels");
                found.add(new Undelivered(Instant.parse(letter.path("at").asText()), letter.path("sink").asText(),
                        labels.path(Alert.ALERTNAME).asText(),
                        labels.path(labels.has(Alert.NODE) ? Alert.NODE : Alert.FLEET).asText(),
                        letter.path("reason").asText()));
            }
            return found;
        } catch (IOException | java.time.DateTimeException e) {
            return List.of(); // another part writes its dead letters in another form
        }
    }
}
