package org.bitcoinwatchdog.alerts.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.pipeline.AlertMeters;
import org.bitcoinwatchdog.alerts.pipeline.AlertRecord;
import org.bitcoinwatchdog.alerts.pipeline.NotificationLogEntry;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KafkaNotificationLogTest {
    private static final Instant LONG_AGO = Alerts.START;
    private static final Instant NOW = LONG_AGO.plus(Duration.ofDays(30));

    private final Alert over = Alerts.resolved(Alerts.firing("alice"));
    private final AlertRecord old = record(over, 1, LONG_AGO);
    private final AlertRecord newer = record(Alerts.again(over), 2, NOW);
    private final InterruptedProducer producer = new InterruptedProducer();
    private final KafkaNotificationLog memory = new KafkaNotificationLog(null, producer, new AlertMeters(new SimpleMeterRegistry()));

    @Test
    void removesEntriesOfAlertsThatEndedLongAgo() {
        memory.own(0);
        memory.remember("ops", Map.of(old, delivered(old, LONG_AGO)));
        memory.sweep(NOW);
        assertThat(memory.of("ops", old)).isEmpty();
        assertThat(lastValue()).isNull();
    }

    /** A sink gets the next episode at the moment of the removal. */
    @Test
    void neverRemovesANewerEntry() throws Exception {
        memory.own(0);
        memory.remember("ops", Map.of(old, delivered(old, LONG_AGO)));
        Thread sink = new Thread(() -> memory.remember("ops", Map.of(newer, delivered(newer, NOW))));
        producer.beforeRemoval = sink;
        memory.sweep(NOW);
        sink.join();
        assertThat(memory.of("ops", newer)).isPresent();
        assertThat(lastValue()).as("the topic's last record of the key").isNotNull();
    }

    private static AlertRecord record(Alert alert, long offset, Instant at) {
        return new AlertRecord(alert, AlertJson.write(alert), 0, offset, at, at);
    }

    private static NotificationLogEntry delivered(AlertRecord record, Instant at) {
        Alert alert = record.alert();
        return new NotificationLogEntry(alert.status(), alert.startsAt(), alert.severity(), alert.updatedAt(), record.offset(), true,
                alert.firing(), false, at);
    }

    private byte[] lastValue() {
        return producer.history().get(producer.history().size() - 1).value();
    }

    /** Starts a thread before a removal, and waits long enough for it to come first if nothing stops it. */
    private static final class InterruptedProducer extends MockProducer<byte[], byte[]> {
        private Thread beforeRemoval;

        InterruptedProducer() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
            if (record.value() == null && beforeRemoval != null) {
                beforeRemoval.start();
                while (beforeRemoval.isAlive() && beforeRemoval.getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                }
            }
            return super.send(record);
        }
    }
}
