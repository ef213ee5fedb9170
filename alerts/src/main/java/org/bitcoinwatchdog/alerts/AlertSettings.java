package org.bitcoinwatchdog.alerts;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.alerts.sinks.Pagerduty;
import org.bitcoinwatchdog.alerts.sinks.SinkSettings;
import org.bitcoinwatchdog.events.Spelling;

/**
 * Which sinks are notified of which alerts, and when.
 *
 * @param sinks       where notifications go; empty: no one is notified
 * @param routes      which alerts go to which sinks, first match wins; empty: every sink gets every page and warn
 * @param inhibit     which alerts mute others; empty: no alert mutes another
 * @param templates   the texts of notifications that people read
 * @param heartbeat   a notification at each interval, whose absence shows that the watchdog does not work
 * @param forgetEndedAfter people are not notified of an alert that began and ended, without a notification, longer ago
 * @param flapHold    an alert that begins again within this time after its end flaps: people are notified of its next end
 *                    only after this time; 0s: they are notified of each end at once
 * @param delivery    timing of the attempts to deliver
 * @param externalUrl the address of this watchdog's console, a link in notifications
 */
public record AlertSettings(
        List<SinkSettings> sinks,
        List<RouteSettings> routes,
        List<InhibitSettings> inhibit,
        TemplateSettings templates,
        HeartbeatSettings heartbeat,
        Duration forgetEndedAfter,
        Duration flapHold,
        DeliverySettings delivery,
        Optional<URI> externalUrl) {
    private static final Duration FORGET_ENDED_AFTER = Duration.ofDays(1);
    private static final Duration FLAP_HOLD = Duration.ofMinutes(5);

    public AlertSettings {
        sinks = List.copyOf(sinks);
        routes = List.copyOf(routes);
        inhibit = List.copyOf(inhibit);
        externalUrl.ifPresent(url -> SinkSettings.requireHttp("external-url", url));
        if (forgetEndedAfter.isNegative() || forgetEndedAfter.isZero()) {
            throw new IllegalArgumentException("forget-ended-after must be more than zero");
        }
        if (flapHold.isNegative()) {
            throw new IllegalArgumentException("flap-hold must not be negative");
        }
    }

    /**
     * A setting that contradicts another one.
     *
     * @param at      the settings of the sink, the route or the heartbeat
     * @param key     the key there, as in the file
     * @param unknown whether the problem is the name of a sink that does not exist
     */
    public record Conflict(Object at, String key, String message, boolean unknown) {
    }

    /** All settings that contradict another one. */
    public List<Conflict> conflicts() {
        List<Conflict> conflicts = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (SinkSettings sink : sinks) {
            if (!names.add(sink.name())) {
                conflicts.add(new Conflict(sink, "name", "two sinks have the name " + sink.name(), false));
            }
        }
        for (RouteSettings route : routes) {
            route.sinks().stream().filter(sink -> !names.contains(sink)).forEach(sink ->
                    conflicts.add(new Conflict(route, "sinks", "a route names the sink " + sink + suggestion(sink, names), true)));
        }
        for (String name : heartbeat.sinks()) {
            if (!names.contains(name)) {
                conflicts.add(new Conflict(heartbeat, "sinks", "the heartbeat names the sink " + name + suggestion(name, names), true));
            } else if (sinks.stream().anyMatch(sink -> sink.name().equals(name) && sink instanceof Pagerduty)) {
                conflicts.add(new Conflict(heartbeat, "sinks", "the heartbeat must not go to PagerDuty: it would page people at each interval", false));
            }
        }
        return conflicts;
    }

    public List<String> sinkNames() {
        return sinks.stream().map(SinkSettings::name).toList();
    }

    /** @throws IllegalArgumentException if there are {@link #conflicts()} */
    public AlertSettings requireConsistent() {
        List<Conflict> conflicts = conflicts();
        if (!conflicts.isEmpty()) {
            throw new IllegalArgumentException(conflicts.stream().map(Conflict::message).collect(Collectors.joining("; ")));
        }
        return this;
    }

    private static String suggestion(String name, Set<String> names) {
        return Spelling.nearest(name, names).map(near -> ", did you mean " + near + "?")
                .orElse(names.isEmpty() ? ", but there are no sinks" : ", the sinks are: " + String.join(", ", names));
    }

    /** No sinks, no routes. */
    public static AlertSettings defaults() {
        return new AlertSettings(List.of(), List.of(), InhibitSettings.DEFAULTS, TemplateSettings.defaults(),
                HeartbeatSettings.defaults(), FORGET_ENDED_AFTER, FLAP_HOLD, DeliverySettings.defaults(), Optional.empty());
    }

    public AlertSettings withSinks(SinkSettings... chosen) {
        return new AlertSettings(List.of(chosen), routes, inhibit, templates, heartbeat, forgetEndedAfter, flapHold, delivery,
                externalUrl);
    }

    public AlertSettings withRoutes(RouteSettings... chosen) {
        return new AlertSettings(sinks, List.of(chosen), inhibit, templates, heartbeat, forgetEndedAfter, flapHold, delivery,
                externalUrl);
    }

    public AlertSettings withHeartbeat(HeartbeatSettings chosen) {
        return new AlertSettings(sinks, routes, inhibit, templates, chosen, forgetEndedAfter, flapHold, delivery, externalUrl);
    }

    public AlertSettings withDelivery(DeliverySettings chosen) {
        return new AlertSettings(sinks, routes, inhibit, templates, heartbeat, forgetEndedAfter, flapHold, chosen,
                externalUrl);
    }
}
