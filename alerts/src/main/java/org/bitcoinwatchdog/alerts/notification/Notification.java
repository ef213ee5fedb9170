package org.bitcoinwatchdog.alerts.notification;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;

/**
 * One notification to one sink.
 *
 * @param id          the same on every attempt, also after a restart, and different for each notification to this sink
 * @param receiver    the sink's name
 * @param groupKey    names the group of the alerts
 * @param groupLabels the labels by which the configuration groups alerts, with their values
 * @param alerts      at least one
 * @param leftOut     how many alerts of the group are left out
 * @param externalUrl the address of this watchdog's console
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
            throw new IllegalArgumentException("a notification has at least one alert");
        }
    }

    /** A notification that leaves nothing out. */
    public Notification(String id, String receiver, String groupKey, SortedMap<String, String> groupLabels,
            List<NotifiedAlert> alerts, Optional<URI> externalUrl) {
        this(id, receiver, groupKey, groupLabels, alerts, 0, externalUrl);
    }

    /** How many alerts there are beside the first, with those that are left out. */
    public int others() {
        return alerts.size() - 1 + leftOut;
    }

    /** Whether people know all of it but for its growth: a sink that can shows it without a sound. */
    public boolean onlyGrew() {
        return alerts.stream().allMatch(alert -> alert.reason() == NotificationReason.GREW || alert.reason() == NotificationReason.CONTEXT);
    }

    /** Firing while one of its alerts fires. */
    public AlertStatus status() {
        return alerts.stream().map(NotifiedAlert::alert).anyMatch(Alert::firing)
                ? AlertStatus.FIRING
                : AlertStatus.RESOLVED;
    }
}
