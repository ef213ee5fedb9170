package org.bitcoinwatchdog.deploy.bench;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertJson;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Topics;

/**
 * Pages of the size that detectors write, of a thousand nodes.
 *
 * @param rules number of rules, and of groups if alerts are grouped by rule
 */
record SampleAlerts(int rules) {
    private static final int NODES = 1_000;

    /** The number's alert, with as many subjects as there have to be. */
    Alert of(int number, AlertStatus status, Instant start, Instant now) {
        String node = "node-" + number / rules % NODES;
        SortedMap<String, String> labels = new TreeMap<>(Map.of(
                Alert.ALERTNAME, "Rule" + number % rules,
                Alert.SEVERITY, "page",
                Alert.NODE, node,
                Alert.NETWORK, "main",
                Alert.DETECTOR, "bench",
                Alert.SUBJECT, "subject-" + number / (NODES * rules)));
        SortedMap<String, String> annotations = new TreeMap<>(Map.of(
                Alert.SUMMARY, "6 peers flood " + node + " with addresses",
                Alert.DESCRIPTION, "24,000 of 30,000 entries within 2 s were over their peers' budget of 0.1 a second; "
                        + "the largest share came from 203.0.113.7:8333. Look at getpeerinfo, addr_rate_limited.",
                Alert.RUNBOOK_URL, "https://example.org/runbook#addressflood"));
        Evidence evidence = new Evidence(
                List.of(new Measurement("discarded-entries", 24_000.0, 500.0, "entries"),
                        new Measurement("senders", 6.0, 1.0, "peers")),
                Map.of("peers", List.of("203.0.113.7:8333", "198.51.100.9:8333")), true);
        return new Alert(status, labels, annotations, start, now, status == AlertStatus.FIRING ? null : now, null, evidence);
    }

    static Producer<String, byte[]> producer(Map<String, Object> kafka) {
        return new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
    }

    static void write(Producer<String, byte[]> producer, Alert alert) {
        producer.send(new ProducerRecord<>(Topics.ALERTS, alert.fingerprint(), AlertJson.write(alert)));
    }
}
