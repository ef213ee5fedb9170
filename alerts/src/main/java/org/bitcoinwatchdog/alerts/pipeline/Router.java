package org.bitcoinwatchdog.alerts.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.RouteSettings;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;

/** The stage that chooses the sinks: the first route that matches, and those after it as long as routes say continue. */
public final class Router {
    /** The alert that a sink fails, named in its label subject. */
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

    /** By sink, the route by which it is told: the first, where several lead there. */
    Map<String, Route> routes(Alert alert) {
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

    /** A sink that fails is not told so itself. */
    private static boolean isAbout(String sink, Alert alert) {
        return NOTIFICATION_FAILED.equals(alert.labels().get(Alert.ALERTNAME)) && sink.equals(alert.labels().get(Alert.SUBJECT));
    }
}
