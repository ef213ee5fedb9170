package org.bitcoinwatchdog.alerts;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is told of which alerts, and how patiently.
 *
 * @param sinks       where notifications go; empty: nobody is told
 * @param routes      which alerts go where, first match wins; empty: every sink gets every page and warn
 * @param inhibit     which alerts hide others that fire; empty: none does
 * @param templates   how alerts read where people read them
 * @param heartbeat   a sign of life for someone outside
 * @param forgetEndedAfter what began and ended unheard that long ago is not told any more
 * @param flapHold    an alert that begins again within this time of its end is over only when it has been for this time;
 *                    0s: it is told each time
 * @param delivery    timing of attempts
 * @param externalUrl where people reach this watchdog, given in notifications
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
        externalUrl.ifPresent(url -> Urls.requireHttp("external-url", url));
        Set<String> names = new HashSet<>();
        for (SinkSettings sink : sinks) {
            if (!names.add(sink.name())) {
                throw new IllegalArgumentException("two sinks have the name " + sink.name());
            }
        }
        for (String name : heartbeat.sinks()) {
            checkHeartbeat(name, sinks);
        }
        if (forgetEndedAfter.isNegative() || forgetEndedAfter.isZero()) {
            throw new IllegalArgumentException("forget-ended-after is more than zero");
        }
        if (flapHold.isNegative()) {
            throw new IllegalArgumentException("flap-hold is not negative");
        }
        for (RouteSettings route : routes) {
            for (String sink : route.sinks()) {
                if (!names.contains(sink)) {
                    throw new IllegalArgumentException(
                            "a route names the sink " + sink + ", the sinks are: " + String.join(", ", new TreeSet<>(names)));
                }
            }
        }
    }

    private static void checkHeartbeat(String name, List<SinkSettings> sinks) {
        SinkSettings sink = sinks.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("the heartbeat names the sink " + name + ", which there is not"));
        if (sink instanceof SinkSettings.Pagerduty) {
            throw new IllegalArgumentException("the heartbeat can't go to PagerDuty, where it would page people");
        }
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
