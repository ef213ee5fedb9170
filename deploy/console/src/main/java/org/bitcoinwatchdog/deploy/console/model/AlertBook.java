package org.bitcoinwatchdog.deploy.console.model;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.events.Alert;

/** Every alert of the topic with its course: those firing, and the latest of those that are over. */
public final class AlertBook {
    private final Map<String, AlertCourse> alerts = new HashMap<>();
    private long version;

    public synchronized void fold(Alert alert) {
        AlertCourse course = alerts.get(alert.fingerprint());
        if (course == null) {
            makeRoom();
            course = new AlertCourse();
            alerts.put(alert.fingerprint(), course);
        }
        course.fold(alert);
        version++;
    }

    /** A record without value: compaction may remove the alert. */
    public synchronized void forget(String fingerprint) {
        if (alerts.remove(fingerprint) != null) {
            version++;
        }
    }

    /** Changes whenever an alert does. */
    public synchronized long version() {
        return version;
    }

    /** Firing ones first, pages before warnings, then the latest. */
    public synchronized List<AlertView> view() {
        return alerts.values().stream()
                .map(AlertCourse::view)
                .sorted(Comparator.comparing(AlertView::firing).thenComparingInt(AlertView::rank)
                        .thenComparingLong(AlertView::startsMs).reversed())
                .toList();
    }

    private void makeRoom() {
        if (alerts.size() < ConsoleLimits.ALERTS) {
            return;
        }
        alerts.values().stream()
                .min(Comparator.comparing(AlertCourse::firing).thenComparing(AlertCourse::updatedAt))
                .ifPresent(oldest -> alerts.remove(oldest.fingerprint()));
    }
}
