package org.bitcoinwatchdog.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.deploy.demo.Demo.DemoTeller;
import org.bitcoinwatchdog.deploy.metrics.ProcessMetrics;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEventSerde;
import org.bitcoinwatchdog.events.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private final StringWriter told = new StringWriter();

    @Test
    void theFloodGoesThroughTheKernelToTheWebhookWithinFiveSeconds() throws Exception {
        Optional<Path> player = StandInNode.program();
        assumeTrue(player.isPresent(), "tracepoint-player was not built");
        assumeTrue(bpfObstacle().isEmpty(), () -> "no BPF here: " + bpfObstacle().orElseThrow());

        Demo.DemoResult outcome = run(player);

        assertThat(outcome.throughBpf()).isTrue();
        assertThat(outcome.delay()).isPositive().isLessThan(LIMIT);
        assertThat(outcome.alert().labels()).containsEntry(Alert.ALERTNAME, "AddressFlood").containsEntry(Alert.NODE, "node-0");
    }

    @Test
    void anotherPlayerOnTheHostIsNotFollowed() throws Exception {
        Optional<Path> player = StandInNode.program();
        assumeTrue(player.isPresent(), "tracepoint-player was not built");
        assumeTrue(bpfObstacle().isEmpty(), () -> "no BPF here: " + bpfObstacle().orElseThrow());
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        DemoScript.load(Instant.now()).write(elsewhere.resolve("flood.jsonl.gz"));

        try (StandInNode other = StandInNode.start(player.get(), elsewhere.resolve("flood.jsonl.gz"), elsewhere);
                ProcessMetrics metrics = new ProcessMetrics("test");
                Demo demo = new Demo(directory, player, metrics, new DemoTeller(new PrintWriter(told)))) {
            demo.run();
            assertThat(other.isAlive()).isTrue();
            List<NodeEvent> events = events(demo.bootstrapServers().orElseThrow());
            assertThat(events).extracting(NodeEvent::getNode).containsOnly("node-0");
            assertThat(events).filteredOn(NodeEvent::hasHeartbeat).isNotEmpty()
                    .extracting(event -> (long) event.getHeartbeat().getPid()).doesNotContain(other.pid())
                    .allMatch(pid -> told.toString().contains("(process " + pid + ")"));
        }
    }

    @Test
    void withoutTheKernelItSaysSoAndFeedsTheDecoder() throws Exception {
        Demo.DemoResult outcome = run(Optional.empty());

        assertThat(outcome.throughBpf()).isFalse();
        assertThat(outcome.delay()).isPositive().isLessThan(LIMIT);
        assertThat(told.toString()).contains("NOT THROUGH THE KERNEL: tracepoint-player was not built");
    }

    private Demo.DemoResult run(Optional<Path> player) throws Exception {
        try (ProcessMetrics metrics = new ProcessMetrics("test");
                Demo demo = new Demo(directory, player, metrics, new DemoTeller(new PrintWriter(told)))) {
            return demo.run();
        }
    }

    private static List<NodeEvent> events(String bootstrapServers) {
        List<NodeEvent> events = new ArrayList<>();
        try (KafkaConsumer<String, NodeEvent> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new NodeEventSerde().deserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.NODE_EVENTS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> events.add(record.value()));
            }
        }
        return events;
    }

    private static Optional<String> bpfObstacle() {
        try {
            Tracing.check();
            return Optional.empty();
        } catch (KernelException e) {
            return Optional.of(e.reason());
        }
    }
}
