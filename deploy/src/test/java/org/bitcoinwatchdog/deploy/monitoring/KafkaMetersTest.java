package org.bitcoinwatchdog.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bitcoinwatchdog.deploy.metrics.ProcessMetrics;
import org.junit.jupiter.api.Test;

class KafkaMetersTest {
    @Test
    void aClientsMetricsComeAndGoWithIt() {
        try (ProcessMetrics metrics = new ProcessMetrics("test")) {
            Map<String, Object> properties =
                    metrics.reported(Map.of("bootstrap.servers", "127.0.0.1:1", "client.id", "someone"));
            try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
                assertThat(metrics.registry().scrape()).contains("kafka_producer_record_send_total{client_id=\"someone\"}");
            }
            assertThat(metrics.registry().scrape()).doesNotContain("kafka_producer_record_send_total{");
        }
    }

    @Test
    void aSecretOfTheConnectionIsNoMetric() {
        try (ProcessMetrics metrics = new ProcessMetrics("test")) {
            Map<String, Object> properties = metrics.reported(Map.of("bootstrap.servers", "127.0.0.1:1",
                    "ssl.truststore.password", "swordfish"));
            try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
                assertThat(metrics.registry().scrape()).doesNotContain("swordfish").contains("kafka_producer_");
            }
        }
    }
}
