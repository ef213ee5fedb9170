package org.bitcoinwatchdog.alerts.notification;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;

/**
 * What one sink is to tell people, once.
 *
 * @param id          names the change that is told: the same on every attempt, also after a restart, and on no other
 *                    notification to this sink
 * @param receiver    the sink's name
 * @param groupKey    names the group whose alerts these are
 * @param groupLabels the labels in which the group's alerts agree by configuration
 * @param alerts      at least one
 * @param leftOut     how many more of the group there would be to tell of
 * @param externalUrl where people reach this watchdog
 */
public record Notification(
        String id,
        String receiver,
        String groupKey,
        SortedMap<String, String> groupLabels,
        List<NotifiedAlert> alerts,
        int leftOut,
        Optional<URI> externalUrl) {

    public Notification {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(receiver, "receiver");
        Objects.requireNonNull(groupKey, "groupKey");
        groupLabels = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(groupLabels));
        alerts = List.copyOf(alerts);
        if (alerts.isEmpty()) {
            throw new IllegalArgumentException("a notification tells of at least one alert");
        }
    }

    /** Of all there is to tell. */
    public Notification(String id, String receiver, String groupKey, SortedMap<String, String> groupLabels,
            List<NotifiedAlert> alerts, Optional<URI> externalUrl) {
        this(id, receiver, groupKey, groupLabels, alerts, 0, externalUrl);
    }

    /** How many there are to tell of beside the first. */
    public int others() {
        return alerts.size() - 1 + leftOut;
    }

    /** Firing while one of its alerts fires. */
    public AlertStatus status() {
        return alerts.stream().map(NotifiedAlert::alert).anyMatch(Alert::firing)
                ? AlertStatus.FIRING
                : AlertStatus.RESOLVED;
    }
}
