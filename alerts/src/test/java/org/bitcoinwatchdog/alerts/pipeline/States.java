package org.bitcoinwatchdog.alerts.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.events.Alert;

/** Parts for tests of the pipeline: records with offsets, a notification log without Kafka, a sink that answers as the test sets. */
final class States {
    static final int PARTITION = 2;

    private States() {
    }

    static AlertRecord at(long offset, Alert alert) {
        return new AlertRecord(alert, PARTITION, offset, Alerts.START);
    }

    /** A notification log that ends with the test. */
    static final class MapMemory implements NotificationLog {
        private final Map<String, NotificationLogEntry> remembered = new HashMap<>();

        @Override
        public Optional<NotificationLogEntry> of(String sink, AlertRecord record) {
            return Optional.ofNullable(remembered.get(sink + "/" + record.fingerprint()));
        }

        @Override
        public void remember(String sink, Map<AlertRecord, NotificationLogEntry> values) {
            values.forEach((record, value) -> remembered.put(sink + "/" + record.fingerprint(), value));
        }
    }

    /** A sink that keeps its notifications. It answers 200 unless the test sets another answer. */
    static class ListSink implements Sink {
        final List<Notification> received = new ArrayList<>();
        final boolean groups;
        SendOutcome answer = answered(200);

        ListSink(boolean groups) {
            this.groups = groups;
        }

        @Override
        public SendOutcome send(Notification notification) {
            received.add(notification);
            return answer;
        }

        @Override
        public SendOutcome reach() {
            return answer;
        }

        @Override
        public boolean takesGroups() {
            return groups;
        }

        @Override
        public void close() {
        }

        /** {@code BEGAN alice} and so on, a notification a line. */
        List<String> lines() {
            return received.stream().map(ListSink::line).toList();
        }

        private static String line(Notification notification) {
            return String.join(", ", notification.alerts().stream()
                    .map(alert -> alert.reason() + " " + alert.alert().labels().get(Alert.NODE)).toList());
        }
    }

    static SendOutcome answered(int status) {
        return new SendOutcome.Answered(status, Optional.empty(), "");
    }
}
