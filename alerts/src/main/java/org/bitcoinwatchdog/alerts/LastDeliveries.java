package org.bitcoinwatchdog.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.bitcoinwatchdog.alerts.kafka.Clients;
import org.bitcoinwatchdog.alerts.kafka.KafkaNotificationLog;
import org.bitcoinwatchdog.events.Topics;

/** When each sink last took a notification or a heartbeat, from any worker. */
public final class LastDeliveries {
    private LastDeliveries() {
    }

    /**
     * @return by sink; empty if Kafka does not answer in time
     */
    public static Optional<Map<String, Instant>> read(Map<String, Object> kafkaProperties, Duration patience) {
        Map<String, Instant> last = new TreeMap<>();
        try {
            new Clients(kafkaProperties).readAll(Topics.DELIVERIES,
                    (key, json) -> KafkaNotificationLog.delivered(key, json).ifPresent(delivery ->
                            last.merge(delivery.sink(), delivery.at(), (a, b) -> a.isAfter(b) ? a : b)), patience);
            return Optional.of(last);
        } catch (KafkaException e) {
            return Optional.empty();
        }
    }
}
