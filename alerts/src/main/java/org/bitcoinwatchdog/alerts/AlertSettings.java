package org.bitcoinwatchdog.alerts;

import java.net.URI;
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
 * @param inhibit     which alerts hide others that fire; default: {@link InhibitSettings#DEFAULTS}; empty: none does
 * @param templates   how alerts read where people read them
 * @param delivery    timing of attempts
 * @param externalUrl where people reach this watchdog, given in notifications
 */
public record AlertSettings(
        List<SinkSettings> sinks,
        List<RouteSettings> routes,
        List<InhibitSettings> inhibit,
        TemplateSettings templates,
        DeliverySettings delivery,
        Optional<URI> externalUrl) {

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
        for (RouteSettings route : routes) {
            for (String sink : route.sinks()) {
                if (!names.contains(sink)) {
                    throw new IllegalArgumentException(
                            "a route names the sink " + sink + ", the sinks are: " + String.join(", ", new TreeSet<>(names)));
                }
            }
        }
    }

    /** No sinks, no routes. */
    public static AlertSettings defaults() {
        return new AlertSettings(List.of(), List.of(), InhibitSettings.DEFAULTS, TemplateSettings.defaults(),
                DeliverySettings.defaults(), Optional.empty());
    }

    public AlertSettings withSinks(SinkSettings... chosen) {
        return new AlertSettings(List.of(chosen), routes, inhibit, templates, delivery, externalUrl);
    }

    public AlertSettings withRoutes(RouteSettings... chosen) {
        return new AlertSettings(sinks, List.of(chosen), inhibit, templates, delivery, externalUrl);
    }

    public AlertSettings withDelivery(DeliverySettings chosen) {
        return new AlertSettings(sinks, routes, inhibit, templates, chosen, externalUrl);
    }
}
