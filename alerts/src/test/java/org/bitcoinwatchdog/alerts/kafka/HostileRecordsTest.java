package org.bitcoinwatchdog.alerts.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.DeliverySettings;
import org.bitcoinwatchdog.alerts.TemplateSettings;
import org.bitcoinwatchdog.alerts.inhibition.Inhibition;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.alerts.pipeline.AlertMeters;
import org.bitcoinwatchdog.alerts.pipeline.AlertRecord;
import org.bitcoinwatchdog.alerts.pipeline.Delivery;
import org.bitcoinwatchdog.alerts.pipeline.Mutes;
import org.bitcoinwatchdog.alerts.pipeline.NotificationLog;
import org.bitcoinwatchdog.alerts.pipeline.NotificationLogEntry;
import org.bitcoinwatchdog.alerts.pipeline.Pipeline;
import org.bitcoinwatchdog.alerts.pipeline.Receivers;
import org.bitcoinwatchdog.alerts.silence.Silences;
import org.bitcoinwatchdog.alerts.sinks.Exec;
import org.bitcoinwatchdog.alerts.sinks.SinkSettings;
import org.bitcoinwatchdog.alerts.text.Wording;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random records on the topics that an alert worker reads: alerts, silences and deliveries. */
@Timeout(60)
class HostileRecordsTest {
    private static final int RECORDS = 3_000;
    private static final String LONG = "a long text";
    private static final long MOST_BYTES_KEPT = 100L << 20;
    private static final String SILENCE = """
            {"id":"key","matchers":[{"label":"node","operator":"=","value":"alice"}],"author":"a","comment":"c",
             "startsAt":"2020-01-01T00:00:00Z","endsAt":"2020-02-01T00:00:00Z"}""";
    private static final String DELIVERY = """
            {"status":"firing","startsAt":"2020-01-01T00:00:00Z","severity":"page","updatedAt":"2020-01-01T00:00:00Z",
             "offset":1,"delivered":true,"told":true,"flapping":false,"at":"2020-01-01T00:00:00Z"}""";

    private final Random random = new Random(20_261_128);
    private final JsonMapper mapper = new JsonMapper();
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final AlertMeters meters = new AlertMeters(new SimpleMeterRegistry());
    private final Silences silences = new Silences();
    private final Inhibition inhibition = new Inhibition(AlertSettings.defaults().inhibit());
    private final TextSink sink = new TextSink();

    @Test
    void theNextGoodAlertIsDeliveredAfterAnyRecords() throws Exception {
        Receivers receivers = new Receivers(Map.of("ops", sink), meters, Clock.systemUTC(), faults::add);
        Pipeline pipeline = pipeline(receivers);
        receivers.start(pipeline);
        receivers.renewLease(System.nanoTime(), Duration.ofHours(1));
        long before = used();
        int alerts = 0;
        for (int offset = 0; offset < RECORDS; offset++) {
            alerts += feed(pipeline, offset);
        }
        Alert good = Alerts.firing("the-good-one");
        pipeline.accept(record(good, AlertJson.write(good), RECORDS, Instant.now()), false);
        await().atMost(Duration.ofSeconds(30)).until(() -> sink.nodes.contains("the-good-one"));
        assertThat(faults).isEmpty();
        assertThat(alerts).as("records that are alerts all the same").isBetween(RECORDS / 100, RECORDS - 1);
        assertThat(used() - before).isLessThan(MOST_BYTES_KEPT);
        receivers.close(Duration.ofSeconds(5));
    }

    /** @return how many of the records were alerts */
    private int feed(Pipeline pipeline, int offset) throws IOException {
        silences.change(random.nextBoolean() ? "key" : "", value(SILENCE));
        KafkaNotificationLog.delivered(random.nextBoolean() ? "ops/0123" : "", value(DELIVERY));
        byte[] json = value(new String(AlertJson.write(Alerts.firing("node-" + random.nextInt(50))), StandardCharsets.UTF_8));
        if (json == null) {
            return 0;
        }
        try {
            Alert alert = AlertDecoder.read(fingerprint(json), json);
            meters.read(alert, 0);
            inhibition.accept(alert);
            pipeline.accept(record(alert, json, offset, Instant.ofEpochMilli(random.nextInt(3) == 0 ? random.nextLong() : offset)), false);
            return 1;
        } catch (IOException e) {
            return 0; // counted and dead-lettered by the reader
        }
    }

    /** The matching key, so that most records pass the comparison with it. */
    private static byte[] fingerprint(byte[] json) {
        try {
            return AlertJson.read(json).fingerprint().getBytes(StandardCharsets.UTF_8);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static AlertRecord record(Alert alert, byte[] json, long offset, Instant writtenAt) {
        return new AlertRecord(alert, json, 0, offset, writtenAt, Instant.now());
    }

    private byte[] value(String good) throws IOException {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextBoolean() ? null : new byte[0];
            case 1 -> bytes(random.nextInt(2_000));
            case 2 -> flipped(good.getBytes(StandardCharsets.UTF_8));
            case 3 -> nested().getBytes(StandardCharsets.UTF_8);
            default -> changed(good);
        };
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] flipped(byte[] bytes) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private String nested() {
        int depth = random.nextInt(5_000);
        return random.nextBoolean() ? "[".repeat(depth) + "]".repeat(depth) : "{\"labels\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    /** One to three fields, at the top or below, with another value. */
    private byte[] changed(String good) throws IOException {
        ObjectNode json = (ObjectNode) mapper.readTree(good);
        json.remove("fingerprint");
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<ObjectNode> objects = new ArrayList<>(List.of(json));
            json.forEach(child -> {
                if (child instanceof ObjectNode object && !object.isEmpty()) {
                    objects.add(object);
                }
            });
            ObjectNode object = objects.get(random.nextInt(objects.size()));
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            Collections.shuffle(names, random);
            object.set(names.get(0), mapper.readTree(odd()));
        }
        return mapper.writeValueAsBytes(json);
    }

    private String odd() {
        List<String> odd = List.of("null", "0", "-1", "1e308", "9".repeat(900), "true", "[]", "{}", "[null]", "{\"a\":null}",
                "{\"measurements\":[{\"name\":\"a\",\"unit\":\"b\",\"value\":1e999}]}", "{\"subjects\":{\"peers\":[null]}}",
                "{\"subjects\":{\"peers\":null}}", "{\"measurements\":[null]}", "\"\"", "\" \"", "\"firing\"", "\"resolved\"",
                "\"page\"", "\"-1000000000-01-01T00:00:00Z\"", "\"+1000000000-12-31T23:59:59.999999999Z\"",
                "\"2026-01-01T00:00:00Z\"", "\"\\u0000\\ud800\\u202e\"", LONG,
                "\"{{severity}}\"", "-9223372036854775808", "18446744073709551616");
        String chosen = odd.get(random.nextInt(odd.size()));
        return chosen.equals(LONG) ? "\"" + "x".repeat(random.nextInt(100_000)) + "\"" : chosen;
    }

    private Pipeline pipeline(Receivers receivers) {
        SinkSettings ops = new Exec("ops", java.nio.file.Path.of("/bin/true"), Optional.empty(), Optional.empty());
        Delivery delivery = new Delivery(DeliverySettings.defaults(), new Random(1), meters, Clock.systemUTC());
        return new Pipeline(AlertSettings.defaults().withSinks(ops), receivers, new Mutes(inhibition, silences), new Forgetful(),
                delivery, meters, Clock.systemUTC());
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Remembers nothing, so everything is delivered. */
    private static final class Forgetful implements NotificationLog {
        @Override
        public Optional<NotificationLogEntry> of(String sink, AlertRecord record) {
            return Optional.empty();
        }

        @Override
        public void remember(String sink, Map<AlertRecord, NotificationLogEntry> remembered) {
            // nothing
        }
    }

    /** Formats every alert as text for chat services. */
    private static final class TextSink implements Sink {
        private final Wording wording = new Wording(TemplateSettings.defaults());
        private final List<String> nodes = new CopyOnWriteArrayList<>();

        @Override
        public SendOutcome send(Notification notification) {
            for (NotifiedAlert alert : notification.alerts()) {
                assertThat(wording.title(alert, 200) + wording.text(alert, 200)).isNotBlank();
                if ("the-good-one".equals(alert.alert().labels().get(Alert.NODE))) {
                    nodes.add("the-good-one");
                }
            }
            return new SendOutcome.Answered(200, Optional.empty(), "");
        }

        @Override
        public SendOutcome reach() {
            return new SendOutcome.Answered(200, Optional.empty(), "");
        }

        @Override
        public boolean takesGroups() {
            return true;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
