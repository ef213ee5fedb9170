package org.bitcoinwatchdog.deploy.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bitcoinwatchdog.deploy.topics.TopicAdmin;
import org.bitcoinwatchdog.deploy.topics.TopicSettings;
import org.bitcoinwatchdog.events.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.SILENCES, 0);

    @TempDir
    Path directory;

    @Test
    void keepsItsClusterIdAndItsDataWhenItIsKilledAndStartedAgain() throws Exception {
        String clusterId;
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            clusterId = broker.clusterId();
            try (TopicAdmin topics = new TopicAdmin(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                topics.createMissing(topics.plan(TopicSettings.defaults()));
            }
            write(broker, "before");
            ProcessHandle.of(broker.pid()).orElseThrow().destroyForcibly();
            broker.onExit().get();
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            assertThat(broker.clusterId()).isEqualTo(clusterId);
            write(broker, "after");
            assertThat(read(broker)).containsExactly("before", "after");
        }
    }

    @Test
    void endsWhenTheProcessThatStartedItIsKilled() throws Exception {
        Process parent = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), ParentProcess.class.getName(), directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long brokerPid;
        try (BufferedReader output = new BufferedReader(new InputStreamReader(parent.getInputStream()))) {
            brokerPid = Long.parseLong(output.readLine());
        }
        ProcessHandle broker = ProcessHandle.of(brokerPid).orElseThrow();

        parent.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(30)).until(() -> !broker.isAlive());
    }

    @Test
    void saysWhyItDoesNotStart() throws Exception {
        Files.writeString(directory.resolve("data"), "a file where the data directory belongs");

        assertThatThrownBy(() -> EmbeddedBroker.start(directory))
                .isInstanceOf(BrokerFailure.class)
                .hasMessageContaining(directory.resolve("broker.log").toString());
    }

    /** Starts a broker, prints its process id and waits to be killed. */
    static final class ParentProcess {
        public static void main(String[] args) throws InterruptedException {
            System.out.println(EmbeddedBroker.start(Path.of(args[0])).pid());
            Thread.currentThread().join();
        }
    }

    private static void write(EmbeddedBroker broker, String value) throws Exception {
        Map<String, Object> properties = Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all");
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(PARTITION.topic(), 0, value, value)).get();
        }
    }

    private static List<String> read(EmbeddedBroker broker) {
        Map<String, Object> properties = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
            List<String> values = new java.util.ArrayList<>();
            while (consumer.position(PARTITION) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
