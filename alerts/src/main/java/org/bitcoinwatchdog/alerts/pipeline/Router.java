package org.bitcoinwatchdog.alerts.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.RouteSettings;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;

/** Chooses the sinks: those of the first route that matches, and of later ones as long as the routes before say continue. */
public final class Router {
    /** The alert about a sink that fails. Its label subject is the name of the sink. */
    public static final String NOTIFICATION_FAILED = "NotificationFailed";

    private final List<Route> routes;

    Router(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** Without routes, every sink gets every page and warn. */
    public static Router of(List<RouteSettings> routes, List<String> sinks) {
        if (!routes.isEmpty()) {
            return new Router(routes.stream().map(Route::of).toList());
        }
        Timing timing = new Timing(java.time.Duration.ZERO, java.time.Duration.ZERO, Optional.of(Route.REPEAT));
        return new Router(List.of(
                new Route(Map.of(Alert.SEVERITY, Severity.PAGE.label()), sinks, false, List.of(), timing),
                new Route(Map.of(Alert.SEVERITY, Severity.WARN.label()), sinks, false, List.of(), timing)));
    }

    /** Whether a sink is notified of the alert, unless something mutes it. */
    public boolean notifies(Alert alert) {
        return !routes(alert).isEmpty();
    }

    /** Whether a sink may be notified of an alert with these labels, depending on the labels that are not given. */
    public boolean mayNotify(Map<String, String> labels) {
        for (Route route : routes) {
            boolean matches = route.match().entrySet().stream()
                    .allMatch(label -> label.getValue().equals(labels.getOrDefault(label.getKey(), label.getValue())));
            if (matches && !route.sinks().isEmpty()) {
                return true;
            }
            if (matches && !route.continues() && labels.keySet().containsAll(route.match().keySet())) {
                return false;
            }
        }
        return false;
    }

    /** By sink, the first route that leads there. */
    public Map<String, Route> routes(Alert alert) {
        Map<String, Route> bySink = new LinkedHashMap<>();
        for (Route route : routes) {
            if (route.matches(alert)) {
                route.sinks().stream().filter(sink -> !isAbout(sink, alert)).forEach(sink -> bySink.putIfAbsent(sink, route));
                if (!route.continues()) {
                    break;
                }
            }
        }
        return bySink;
    }

    /** A sink that fails does not get the alert about itself. */
    private static boolean isAbout(String sink, Alert alert) {
        return NOTIFICATION_FAILED.equals(alert.labels().get(Alert.ALERTNAME)) && sink.equals(alert.labels().get(Alert.SUBJECT));
    }
}
