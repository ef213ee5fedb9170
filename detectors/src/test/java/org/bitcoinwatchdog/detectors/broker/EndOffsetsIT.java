package org.bitcoinwatchdog.detectors.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bitcoinwatchdog.detectors.topology.EndOffsets;
import org.bitcoinwatchdog.events.Topics;
import org.bitcoinwatchdog.testing.TestBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far events are read according to a real broker, and what is known while it does not answer. */
class EndOffsetsIT {
    private static final String GROUP = "readers";
    private static final Duration WITHIN = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    @Test
    void aPartitionIsReadPromptlyUntilMoreIsPublishedThanReadAndNothingIsKnownWithoutABroker() throws Exception {
        try (TestBroker broker = new TestBroker(directory, new NewTopic(Topics.NODE_EVENTS, 2, (short) 1))) {
            broker.start();
            try (EndOffsets offsets = new EndOffsets(GROUP, broker.properties())) {
                assertThat(offsets.behind(0)).isTrue();
                offsets.start();
                await().atMost(WITHIN).until(() -> !offsets.behind(0) && !offsets.behind(1));
                long before = offsets.sinceNs(0).orElseThrow();
                long ofTheOther = offsets.sinceNs(1).orElseThrow();

                publishes(broker, 3);
                await().atMost(WITHIN).until(() -> offsets.behind(0));
                assertThat(offsets.sinceNs(0)).isEmpty();

                reads(broker, 3);
                await().atMost(WITHIN).until(() -> !offsets.behind(0));
                assertThat(offsets.sinceNs(0).orElseThrow()).isGreaterThan(before);
                assertThat(offsets.sinceNs(1)).hasValue(ofTheOther);

                broker.kill();
                await().atMost(WITHIN).until(() -> offsets.behind(0) && offsets.behind(1));
                broker.start();
                await().atMost(WITHIN).until(() -> !offsets.behind(0) && !offsets.behind(1));
                assertThat(offsets.sinceNs(1).orElseThrow()).isGreaterThan(ofTheOther);
            }
        }
    }

    private static void publishes(TestBroker broker, int events) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                broker.properties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < events; i++) {
                producer.send(new ProducerRecord<>(Topics.NODE_EVENTS, 0, new byte[0], new byte[0])).get();
            }
        }
    }

    private static void reads(TestBroker broker, long upTo) throws Exception {
        try (Admin admin = Admin.create(broker.properties())) {
            admin.alterConsumerGroupOffsets(GROUP,
                    Map.of(new TopicPartition(Topics.NODE_EVENTS, 0), new OffsetAndMetadata(upTo))).all().get();
        }
    }
}
