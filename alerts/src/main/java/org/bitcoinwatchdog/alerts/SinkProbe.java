package org.bitcoinwatchdog.alerts;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.alerts.pipeline.Route;
import org.bitcoinwatchdog.alerts.pipeline.Router;
import org.bitcoinwatchdog.alerts.sinks.SinkSettings;
import org.bitcoinwatchdog.alerts.sinks.Sinks;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Severity;

/** Tries the sinks outside the pipeline, with one attempt each, for a person who waits for the answer. */
public final class SinkProbe {
    /**
     * @param sink   the sink's name
     * @param good   whether the sink accepted the attempt
     * @param detail one line for a person, without secrets
     * @param never  whether the settings of the sink are wrong, so that another attempt fails as well
     */
    public record ProbeResult(String sink, boolean good, String detail, boolean never) {
    }

    private final AlertSettings settings;
    private final Clock clock;

    public SinkProbe(AlertSettings settings) {
        this(settings, Clock.systemUTC());
    }

    SinkProbe(AlertSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether the secrets of each sink can be read and have the right form. It makes no connection. */
    public List<ProbeResult> checkSecrets() {
        return each(settings.sinks(), sink -> new SendOutcome.Answered(200, Optional.empty(), ""));
    }

    /** Whether the secrets of each sink can be read and its host accepts a connection. It sends nothing. */
    public List<ProbeResult> reach() {
        return each(settings.sinks(), Sink::reach);
    }

    /**
     * Sends a test alert and, at once, its end, so that no incident stays open.
     *
     * @param name of the only sink to try; empty: all of them
     * @throws IllegalArgumentException if no sink has the name
     */
    public List<ProbeResult> sendTestAlert(Optional<String> name, Severity severity) {
        List<SinkSettings> chosen = settings.sinks().stream()
                .filter(sink -> name.isEmpty() || name.get().equals(sink.name()))
                .toList();
        if (chosen.isEmpty() && name.isPresent()) {
            throw new IllegalArgumentException("there is no sink named '" + name.get() + "'. The configuration has "
                    + (settings.sinks().isEmpty() ? "none" : String.join(", ", settings.sinkNames())));
        }
        Alert alert = test(severity);
        return chosen.stream().map(sink -> send(sink, alert)).toList();
    }

    /**
     * As {@link #sendTestAlert}, to the sinks to which the routes lead an alert of that severity about a node of the main network.
     *
     * @return with the route in each detail; empty if no route leads to a sink
     */
    public List<ProbeResult> sendByRoutes(Severity severity) {
        Alert alert = test(severity);
        Map<String, Route> routes = Router.of(settings.routes(), settings.sinkNames()).routes(alert);
        return settings.sinks().stream().filter(sink -> routes.containsKey(sink.name())).map(sink -> {
            ProbeResult result = send(sink, alert);
            Map<String, String> match = new TreeMap<>(routes.get(sink.name()).match());
            return new ProbeResult(result.sink(), result.good(), result.detail() + ", by the route "
                    + (match.isEmpty() ? "of all alerts" : "with match " + match), result.never());
        }).toList();
    }

    private ProbeResult send(SinkSettings sink, Alert alert) {
        return each(List.of(sink), open -> {
            SendOutcome began = open.send(notification(sink.name(), alert, NotificationReason.BEGAN));
            return good(began) ? open.send(notification(sink.name(), ended(alert), NotificationReason.ENDED)) : began;
        }).get(0);
    }

    private List<ProbeResult> each(List<SinkSettings> chosen, Function<Sink, SendOutcome> question) {
        Sinks sinks = new Sinks(settings, clock);
        return chosen.stream().map(sink -> answer(sinks, sink, question)).toList();
    }

    private static ProbeResult answer(Sinks sinks, SinkSettings settings, Function<Sink, SendOutcome> question) {
        try (Sink sink = sinks.open(settings)) {
            SendOutcome outcome = question.apply(sink);
            return new ProbeResult(settings.name(), good(outcome), good(outcome) ? "ok" : outcome.detail(),
                    outcome instanceof SendOutcome.Refused);
        } catch (IllegalArgumentException e) {
            return new ProbeResult(settings.name(), false, e.getMessage(), true);
        }
    }

    private static boolean good(SendOutcome outcome) {
        return outcome instanceof SendOutcome.Answered answered && answered.status() >= 200 && answered.status() < 300;
    }

    /** With the labels of a real alert, so that routes and templates treat it like one. */
    private Alert test(Severity severity) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        TreeMap<String, String> labels = new TreeMap<>(Map.of(Alert.ALERTNAME, "WatchdogTest", Alert.SEVERITY, severity.label(),
                Alert.DETECTOR, "test", Alert.NODE, "watchdog-test", Alert.NETWORK, "main", Alert.SUBJECT, UUID.randomUUID().toString()));
        TreeMap<String, String> annotations = new TreeMap<>(Map.of(Alert.SUMMARY,
                "An operator tests the notifications of the bitcoind watchdog. Nothing is wrong."));
        return new Alert(AlertStatus.FIRING, labels, annotations, now, now, null, null, Evidence.NONE);
    }

    private static Alert ended(Alert alert) {
        return new Alert(AlertStatus.RESOLVED, alert.labels(), alert.annotations(), alert.startsAt(), alert.updatedAt(),
                alert.startsAt(), null, Evidence.NONE);
    }

    private Notification notification(String sink, Alert alert, NotificationReason reason) {
        return new Notification("wd_test_" + alert.labels().get(Alert.SUBJECT) + (alert.firing() ? "_began" : "_ended"), sink,
                "{}:" + alert.fingerprint(), alert.labels(), List.of(new NotifiedAlert(alert, reason)), settings.externalUrl());
    }
}
