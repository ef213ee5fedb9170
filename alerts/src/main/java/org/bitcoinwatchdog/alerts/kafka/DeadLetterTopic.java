package org.bitcoinwatchdog.alerts.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.pipeline.AlertMeters;
import org.bitcoinwatchdog.alerts.pipeline.Delivery;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to {@code watchdog.dead-letters}, as JSON, what could not be read or delivered, where, and why. */
public final class DeadLetterTopic implements Delivery.DeliveryListener {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterTopic.class);
    private static final int LONGEST_VALUE_BYTES = 16_384;

    private final JsonMapper mapper = new JsonMapper();
    private final Producer<byte[], byte[]> producer;
    private final AlertMeters meters;
    private final Clock clock;

    public DeadLetterTopic(Producer<byte[], byte[]> producer, AlertMeters meters, Clock clock) {
        this.producer = producer;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public void undeliverable(Notification notification, String reason) {
        Map<String, Object> letter = letter("notification", reason);
        letter.put("sink", notification.receiver());
        letter.put("notification", notification.id());
        letter.put("alerts", notification.alerts().stream().map(NotifiedAlert::alert).map(DeadLetterTopic::named).toList());
        write(notification.receiver(), letter);
    }

    void undecodable(ConsumerRecord<byte[], byte[]> record, String reason) {
        Map<String, Object> letter = letter("record", reason);
        letter.put("topic", record.topic());
        letter.put("partition", record.partition());
        letter.put("offset", record.offset());
        byte[] value = record.value();
        letter.put("size", value.length);
        letter.put("value_base64", Base64.getEncoder().encodeToString(
                Arrays.copyOf(value, Math.min(value.length, LONGEST_VALUE_BYTES))));
        write(record.topic(), letter);
    }

    private Map<String, Object> letter(String what, String reason) {
        Map<String, Object> letter = new LinkedHashMap<>();
        letter.put("part", "alerts");
        letter.put("what", what);
        letter.put("reason", reason);
        letter.put("at", clock.instant().toString());
        return letter;
    }

    private static Map<String, Object> named(Alert alert) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("fingerprint", alert.fingerprint());
        named.put("status", alert.status().name().toLowerCase(java.util.Locale.ROOT));
        named.put("labels", alert.labels());
        named.put("startsAt", alert.startsAt().toString());
        return named;
    }

    private void write(String key, Map<String, Object> letter) {
        byte[] json;
        try {
            json = mapper.writeValueAsBytes(letter);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
        try {
            producer.send(new ProducerRecord<>(Topics.DEAD_LETTERS, Clients.key(key), json), (metadata, failure) -> {
                if (failure != null) {
                    notKept(failure);
                }
            });
        } catch (KafkaException e) {
            notKept(e);
        }
    }

    private void notKept(Exception failure) {
        meters.notKept("dead-letter");
        LOG.error("a dead letter could not be written", failure);
    }
}
