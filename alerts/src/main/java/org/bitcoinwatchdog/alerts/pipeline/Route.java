package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcoinwatchdog.alerts.RouteSettings;
import org.bitcoinwatchdog.events.Alert;

/**
 * Which alerts go to which sinks.
 *
 * @param groupBy empty: each alert has its own notification
 */
public record Route(
        Map<String, String> match, List<String> sinks, boolean continues, List<String> groupBy, Timing timing) {
    static final Duration REPEAT = Duration.ofHours(4);
    private static final Duration GROUP_WAIT = Duration.ofSeconds(30);
    private static final Duration GROUP_INTERVAL = Duration.ofMinutes(5);

    /** For an alert that a sink knows and no route sends there any more: people are notified of changes and of the end. */
    static final Route OF_THE_NOTIFIED = new Route(Map.of(), List.of(), false, List.of(), Timing.ON_CHANGE);

    static Route of(RouteSettings settings) {
        Timing timing = new Timing(settings.groupWait().orElse(GROUP_WAIT),
                settings.groupInterval().orElse(GROUP_INTERVAL), Optional.of(settings.repeat().orElse(REPEAT)));
        List<String> groupBy = settings.groupBy().orElse(List.of());
        return new Route(settings.match().orElse(Map.of()), settings.sinks(), settings.continue_().orElse(false),
                groupBy, settings.groupBy().isEmpty() ? timing.ungrouped() : timing);
    }

    boolean matches(Alert alert) {
        return match.entrySet().stream().allMatch(label -> label.getValue().equals(alert.labels().get(label.getKey())));
    }

    /** {@code {severity="warn"}}, as in Alertmanager's group keys. */
    String text() {
        return GroupKey.text(new TreeMap<>(match));
    }
}
