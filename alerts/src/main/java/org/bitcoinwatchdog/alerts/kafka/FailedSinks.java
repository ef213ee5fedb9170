package org.bitcoinwatchdog.alerts.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.pipeline.AlertMeters;
import org.bitcoinwatchdog.alerts.pipeline.Delivery;
import org.bitcoinwatchdog.alerts.pipeline.Router;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertJson;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Topics;

/**
 * Raises the alert {@code NotificationFailed} for a sink with a dead letter, in {@code watchdog.alerts}. The other sinks notify
 * people of it as of any alert. A dead letter about such an alert raises no further one.
 */
public final class FailedSinks implements Delivery.DeliveryListener {
    /** Evidence is refreshed at most once a minute, as by detectors. */
    private static final Duration REFRESH = Duration.ofMinutes(1);
    /** The alert resolves when the sink takes a notification and has refused none for this time. */
    private static final Duration RECOVERED = Duration.ofMinutes(5);

    private final Producer<byte[], byte[]> producer;
    private final AlertMeters meters;
    private final Clock clock;
    private final Map<String, Alert> firing = new ConcurrentHashMap<>();

    public FailedSinks(Producer<byte[], byte[]> producer, AlertMeters meters, Clock clock) {
        this.producer = producer;
        this.meters = meters;
        this.clock = clock;
    }

    /** An alert has a new state, in any partition. */
    public void accept(Alert alert) {
        if (Router.NOTIFICATION_FAILED.equals(alert.labels().get(Alert.ALERTNAME))) {
            String sink = alert.labels().getOrDefault(Alert.SUBJECT, "");
            if (alert.firing()) {
                firing.put(sink, alert);
            } else {
                firing.remove(sink);
            }
        }
    }

    @Override
    public void undeliverable(Notification notification, String reason) {
        if (notification.alerts().stream().allMatch(
                notified -> Router.NOTIFICATION_FAILED.equals(notified.alert().labels().get(Alert.ALERTNAME)))) {
            return;
        }
        Instant now = now();
        String sink = notification.receiver();
        Alert known = firing.get(sink);
        if (known == null || known.updatedAt().isBefore(now.minus(REFRESH))) {
            write(alert(sink, known == null ? now : known.startsAt(), now, null, reason));
        }
    }

    @Override
    public void delivered(String sink) {
        Instant now = now();
        Alert known = firing.get(sink);
        if (known != null && known.updatedAt().isBefore(now.minus(RECOVERED))) {
            write(alert(sink, known.startsAt(), now, now, "It takes notifications again."));
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Alert alert(String sink, Instant start, Instant now, Instant end, String detail) {
        return new Alert(end == null ? AlertStatus.FIRING : AlertStatus.RESOLVED,
                new TreeMap<>(Map.of(Alert.ALERTNAME, Router.NOTIFICATION_FAILED, Alert.SEVERITY, "page",
                        Alert.FLEET, "watchdog", Alert.DETECTOR, "notifications", Alert.SUBJECT, sink)),
                new TreeMap<>(Map.of(Alert.SUMMARY, "Notifications can't be delivered to " + sink,
                        Alert.DESCRIPTION, detail)),
                start, now, end, null, Evidence.NONE);
    }

    private void write(Alert alert) {
        accept(alert);
        try {
            producer.send(new ProducerRecord<>(Topics.ALERTS, Clients.key(alert.fingerprint()), AlertJson.write(alert)),
                    (metadata, failure) -> {
                        if (failure != null) {
                            meters.notKept("sink-failure");
                        }
                    });
        } catch (KafkaException e) {
            meters.notKept("sink-failure");
        }
    }
}
